// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "MathPreference",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "distilabel", path: "../..", traits: ["Llama"])],
    targets: [
        .target(
            name: "MathPreference", dependencies: [.product(name: "Distilabel", package: "distilabel")],
            // What the trait Llama defines in the package itself.
            swiftSettings: [.define("Llama")]),
        .executableTarget(
            name: "math-preference",
            dependencies: ["MathPreference", .product(name: "Distilabel", package: "distilabel")]),
        .testTarget(
            name: "MathPreferenceTests", dependencies: ["MathPreference"], swiftSettings: [.define("Llama")]),
    ]
)
