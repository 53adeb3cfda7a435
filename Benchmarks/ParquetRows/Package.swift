// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ParquetBench",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "distilabel", path: "../..")],
    targets: [
        .executableTarget(
            name: "parquet-bench", dependencies: [.product(name: "DistilabelParquet", package: "distilabel")],
            path: "Sources/ParquetBench")
    ]
)
