// swift-tools-version: 6.2
import PackageDescription

// Targets and arrows: what a target may import is the list beside its name and nothing else.
// `scripts/check` reads the imports of every source file and compares them with this file's rules.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "mtlstop",
    products: [
        .executable(name: "mtlstop", targets: ["mtlstop"]),
        .library(name: "CertCore", targets: ["CertCore"]),
        .library(name: "AuditEvents", targets: ["AuditEvents"]),
        .library(name: "AuditStore", targets: ["AuditStore"]),
        .library(name: "AuditSamples", targets: ["AuditSamples"]),
        .library(name: "HummingbirdClientCertificateAuth", targets: ["HummingbirdClientCertificateAuth"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    ],
    targets: [
        // C libraries and system calls.
        .systemLibrary(name: "CNCurses", providers: [.apt(["libncursesw5-dev"])]),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .target(name: "CLinux"),
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),

        // The libraries.
        .target(name: "SafeText", swiftSettings: strict),
        .target(name: "CertCore", dependencies: ["COpenSSL", "SafeText"], swiftSettings: strict),
        .target(name: "AuditEvents", dependencies: ["CertCore", "SafeText"], swiftSettings: strict),
        .target(
            name: "AuditStore",
            dependencies: [
                "AuditEvents", "CertCore", "SafeText", "CSQLite",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .target(name: "AuditSamples", dependencies: ["AuditEvents", "AuditStore", "CertCore"], swiftSettings: strict),
        .target(name: "Terminal", dependencies: ["SafeText", "CNCurses", "CLinux"], swiftSettings: strict),
        .target(
            name: "HummingbirdClientCertificateAuth",
            dependencies: [
                "CertCore",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdHTTP2", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict
        ),

        // The program.
        .executableTarget(
            name: "mtlstop",
            dependencies: [
                "SafeText", "CertCore", "AuditEvents", "AuditStore", "Terminal", "CLinux", "COpenSSL",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),

        // Tests mirror the targets; TestSupport and fixtures/ are shared by all of them.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "SafeTextTests", dependencies: ["SafeText", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CertCoreTests",
            dependencies: ["CertCore", "SafeText", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AuditEventsTests",
            dependencies: ["AuditEvents", "CertCore", "SafeText", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AuditStoreTests",
            dependencies: ["AuditStore", "AuditSamples", "AuditEvents", "CertCore", "SafeText", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TerminalTests",
            dependencies: ["Terminal", "SafeText", "TestSupport"],
            exclude: ["Golden"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "HummingbirdClientCertificateAuthTests",
            dependencies: [
                "HummingbirdClientCertificateAuth", "AuditEvents", "CertCore", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdHTTP2", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "mtlstopTests",
            dependencies: [
                "mtlstop", "SafeText", "CertCore", "AuditEvents", "AuditStore", "AuditSamples", "Terminal",
                "TestSupport",
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
