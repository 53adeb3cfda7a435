// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "MathPreference",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "distilabel", path: "../..", traits: ["Llama"])],
    targets: [
        .target(name: "MathPreference", dependencies: [.product(name: "Distilabel", package: "distilabel")]),
        .executableTarget(name: "math-preference", dependencies: ["MathPreference"]),
        .testTarget(name: "MathPreferenceTests", dependencies: ["MathPreference"]),
    ]
)
