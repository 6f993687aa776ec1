// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that building mtlstop does not build its examples: swift run --package-path Examples/hummingbird
let package = Package(
    name: "hummingbird-example",
    dependencies: [
        .package(name: "mtlstop", path: "../.."),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    ],
    targets: [
        .executableTarget(
            name: "Example",
            dependencies: [
                .product(name: "AuditEvents", package: "mtlstop"),
                .product(name: "CertCore", package: "mtlstop"),
                .product(name: "HummingbirdClientCertificateAuth", package: "mtlstop"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
