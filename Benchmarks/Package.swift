// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "distilabel", path: "..")
    ],
    targets: [
        .executableTarget(
            name: "mock-llm-server", dependencies: [.product(name: "DistilabelTesting", package: "distilabel")],
            path: "Sources/MockServer")
    ]
)
