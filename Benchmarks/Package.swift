// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the product's build never sees it: `scripts/bench` builds and runs it.
let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "mtlstop", path: "..")],
    targets: [
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                .product(name: "AuditSamples", package: "mtlstop"), .product(name: "CertCore", package: "mtlstop"),
            ]
        ),
        .executableTarget(name: "Extraction", dependencies: [.product(name: "CertCore", package: "mtlstop")]),
    ],
    swiftLanguageModes: [.v6]
)
