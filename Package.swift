// swift-tools-version: 6.2
import PackageDescription

// Targets stand in floors, the lowest first; a target imports only from floors below (Documentation/ARCHITECTURE.md).

let collections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let llama = Target.Dependency.target(name: "CLlama", condition: .when(traits: ["Llama"]))

let package = Package(
    name: "distilabel",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "distilabel", targets: ["DistilabelMain"]),
        .library(name: "Distilabel", targets: ["Distilabel"]),
        .library(name: "DistilabelTesting", targets: ["DistilabelTesting"]),
        .library(name: "DistilabelParquet", targets: ["DistilabelParquet"]),
        .library(name: "DistilabelTemplates", targets: ["DistilabelTemplates"]),
    ],
    traits: [
        .trait(
            name: "Llama",
            description: "Models in this process through llama.cpp; needs libllama, which Scripts/setup-llama builds.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // Floor 0: leaves.
        .target(name: "DistilabelValues", dependencies: [collections]),
        .target(name: "DistilabelTemplates"),
        .target(name: "DistilabelParquet"),

        // Floor 1: what things are.
        .target(name: "DistilabelModels", dependencies: ["DistilabelValues"]),
        .target(name: "DistilabelPipeline", dependencies: ["DistilabelModels", "DistilabelValues"]),

        // Floor 2: how things are done.
        .target(
            name: "DistilabelEngine",
            dependencies: [
                "DistilabelModels", "DistilabelPipeline", "DistilabelValues", deque,
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(
            name: "DistilabelDatasets",
            dependencies: ["DistilabelParquet", "DistilabelValues", .product(name: "Yams", package: "Yams")]),
        .target(
            name: "DistilabelHTTP",
            dependencies: [
                "DistilabelModels", deque,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        .target(
            name: "DistilabelObservability",
            dependencies: [
                "DistilabelModels",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
        .target(
            name: "DistilabelArgilla", dependencies: ["DistilabelHTTP", "DistilabelModels", "DistilabelValues"]),
        .target(
            name: "DistilabelProviders", dependencies: ["DistilabelHTTP", "DistilabelModels", "DistilabelValues"]),
        .target(
            name: "DistilabelHub",
            dependencies: [
                "DistilabelHTTP", "DistilabelModels", "DistilabelValues",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .systemLibrary(name: "CLlama", pkgConfig: "llama", providers: [.brew(["llama.cpp"])]),
        .target(name: "DistilabelLlama", dependencies: ["DistilabelModels", "DistilabelValues", llama]),

        // Floor 3: content.
        .target(
            name: "DistilabelSteps",
            dependencies: [
                "DistilabelArgilla", "DistilabelDatasets", "DistilabelHTTP", "DistilabelHub", "DistilabelModels",
                "DistilabelParquet", "DistilabelPipeline", "DistilabelValues",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(
            name: "DistilabelTasks",
            dependencies: ["DistilabelModels", "DistilabelPipeline", "DistilabelTemplates", "DistilabelValues"]),

        // Floor 4: faces.
        .target(
            name: "Distilabel",
            dependencies: [
                "DistilabelDatasets", "DistilabelEngine", "DistilabelHTTP", "DistilabelHub", "DistilabelLlama",
                "DistilabelModels", "DistilabelObservability", "DistilabelPipeline", "DistilabelProviders",
                "DistilabelSteps",
                "DistilabelTasks", "DistilabelValues",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "DistilabelCommandLine",
            dependencies: [
                "Distilabel", "DistilabelDatasets", "DistilabelEngine", "DistilabelHub", "DistilabelModels",
                "DistilabelPipeline", "DistilabelValues",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "DistilabelMain", dependencies: ["DistilabelCommandLine"]),

        // Beside: for tests, ours and our users'.
        .target(
            name: "DistilabelTesting",
            dependencies: [
                "DistilabelModels", "DistilabelPipeline", "DistilabelValues",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)

// A test target for every target that has tests, named after it.
let tested: [String: [Target.Dependency]] = [
    "DistilabelValues": ["DistilabelTesting"],
    "DistilabelTemplates": ["DistilabelTesting", "DistilabelValues"],
    "DistilabelParquet": ["DistilabelTesting", "DistilabelValues"],
    "DistilabelModels": ["DistilabelTesting", "DistilabelValues"],
    "DistilabelPipeline": ["DistilabelModels", "DistilabelValues", "DistilabelTesting"],
    "DistilabelEngine": ["DistilabelModels", "DistilabelPipeline", "DistilabelValues", "DistilabelTesting"],
    "DistilabelDatasets": ["DistilabelValues", "DistilabelParquet", "DistilabelTesting"],
    "DistilabelHTTP": ["DistilabelTesting", "DistilabelValues"],
    "DistilabelArgilla": ["DistilabelHTTP", "DistilabelModels", "DistilabelTesting", "DistilabelValues"],
    "DistilabelObservability": [
        "DistilabelModels",
        "DistilabelTesting",
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
        .product(name: "MetricsTestKit", package: "swift-metrics"),
        .product(name: "Tracing", package: "swift-distributed-tracing"),
    ],
    "DistilabelProviders": ["DistilabelHTTP", "DistilabelModels", "DistilabelTesting", "DistilabelValues"],
    "DistilabelHub": ["DistilabelHTTP", "DistilabelModels", "DistilabelTesting", "DistilabelValues"],
    "DistilabelLlama": ["DistilabelModels", "DistilabelValues", llama],
    "DistilabelSteps": [
        "DistilabelDatasets", "DistilabelHTTP", "DistilabelModels", "DistilabelPipeline", "DistilabelTesting",
        "DistilabelValues",
    ],
    "DistilabelTasks": ["DistilabelModels", "DistilabelPipeline", "DistilabelTesting", "DistilabelValues"],
    "DistilabelCommandLine": ["Distilabel", "DistilabelTesting", "DistilabelValues"],
]
package.targets += tested.sorted { $0.key < $1.key }.map { name, more in
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + more)
}

// The example is a package of its own; here its pipeline is only held against the YAML file that says the same.
package.targets += [
    .target(
        name: "MathPreference", dependencies: ["Distilabel"], path: "Examples/MathPreference/Sources/MathPreference"),
    .testTarget(
        name: "MathPreferenceTests",
        dependencies: ["MathPreference", "Distilabel"],
        path: "Examples/MathPreference/Tests/MathPreferenceTests"),
]

// CI builds with DISTILABEL_STRICT=1: warnings are errors there, and never in a user's build of this package.
let isStrict = Context.environment["DISTILABEL_STRICT"] == "1"
for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
    if isStrict { target.swiftSettings?.append(.treatAllWarnings(as: .error)) }
}
