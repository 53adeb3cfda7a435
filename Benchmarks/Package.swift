// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "distilabel", path: "..", traits: ["Llama"])
    ],
    targets: [
        .executableTarget(
            name: "mock-llm-server", dependencies: [.product(name: "DistilabelTesting", package: "distilabel")],
            path: "Sources/MockServer"),
        .executableTarget(
            name: "llama-bench", dependencies: [.product(name: "Distilabel", package: "distilabel")], path: "Llama",
            exclude: ["server.py"]),
        .executableTarget(
            name: "steps-bench", dependencies: [.product(name: "Distilabel", package: "distilabel")], path: "Steps",
            exclude: ["run"]),
    ]
)
