// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the product's build never sees it: `scripts/fuzz --coverage` compiles it with libFuzzer's
// instrumentation and links it with libFuzzer, which brings `main`.
let package = Package(
    name: "Fuzzing",
    products: [.library(name: "Fuzz", targets: ["Fuzz"])],
    dependencies: [.package(name: "mtlstop", path: "..")],
    targets: [.target(name: "Fuzz", dependencies: [.product(name: "CertCore", package: "mtlstop")])],
    swiftLanguageModes: [.v6]
)
