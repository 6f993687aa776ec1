import AuditEvents
import AuditStore
import CertCore
import Foundation
import Testing

@testable import mtlstop

/// The program itself, run as a process whose standard output is no terminal.
@Suite("mtlstop demo, as a process", .serialized)
struct DemoCommandTests {
    private struct Ending: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The binary beside the tests' own bundle.
    private static let program: URL = {
        let tests = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appendingPathComponent("mtlstop")
    }()

    private func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Ending {
        try await DedicatedThread.run { try Self.runNow(arguments, environment) }
    }

    private static func runNow(_ arguments: [String], _ environment: [String: String]) throws -> Ending {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["LC_ALL": "C.UTF-8", "COLUMNS": "120", "LINES": "36"]) { $1 }
            .merging(environment) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let outputData = output.fileHandleForReading.readDataToEndOfFile()
        let errorData = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Ending(
            status: process.terminationStatus,
            output: String(decoding: outputData, as: UTF8.self),
            errors: String(decoding: errorData, as: UTF8.self)
        )
    }

    @Test("Without a terminal it prints one screen with every class and a summary with every kind, and ends with 0")
    func batch() async throws {
        let folder = try PrivateFolder()
        defer { folder.remove() }
        let database = folder.path + "/kept.db"
        let ending = try await run(["demo", "--db", database, "--seed", "1"])
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.errors.isEmpty)
        #expect(ending.output.utf8.allSatisfy { $0 == 0x0A || $0 >= 0x20 }, "no control characters")
        let lines = ending.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.contains("1 Live") == true)
        for kind in ClientKind.allCases {
            #expect(lines.contains { $0.hasPrefix(kind.rawValue + " ") }, "\(kind)")
        }
        let screen = lines.prefix { !$0.hasPrefix("KIND") }.joined(separator: "\n")
        for words in [
            "expired 3d", "valid only in", "unknown issuer", "certificate revoked", "no certificate",
            "evil\\e[31m", "svc-billing\\n14",
        ] {
            #expect(screen.contains(words), "\(words)")
        }
        try expectEverything(in: database, lines)
    }

    private func expectEverything(in database: String, _ lines: [String]) throws {
        let rows = try AuditReader(path: database).events(EventQuery(order: .oldestFirst, limit: 10_000)).rows
        #expect(lines.contains("events stored: \(rows.count) of \(rows.count)"))
        let classes = Set(rows.compactMap(\.rejectionClass))
        #expect(
            classes.isSuperset(of: [
                .expired, .notYetValid, .selfSigned, .unknownIssuer, .revoked, .badPurpose, .weak, .noCertificate,
                .policy,
            ])
        )
        #expect(Set(rows.compactMap(\.code?.rawValue)).isSuperset(of: [9, 10, 18, 19, 21, 23, 26, 34, 66]))
        try expectVerdicts(rows)
    }

    /// What the collector must make of a client's events: outcome, class and code.
    private func expected(_ verdict: Verdict) -> (AuditEvent.Outcome, RejectionClass?, Int32?) {
        switch verdict {
        case .accepted: (.authenticated, nil, nil)
        case .untrusted(2): (.rejected, .noCertificate, nil)
        case .untrusted(let code): (.rejected, VerificationCode(rawValue: code).rejectionClass, code)
        case .denied: (.rejected, .policy, nil)
        }
    }

    /// Each row is what its client, known by its address, was made for.
    private func expectVerdicts(_ rows: [EventRow]) throws {
        let clients = Dictionary(uniqueKeysWithValues: try ClientCast().clients.map { ("127.0.0.\($0.host)", $0) })
        #expect(Set(rows.compactMap(\.ip)) == Set(clients.keys))
        #expect(Set(rows.compactMap(\.reporter.pid)).count == 1)
        for row in rows {
            let client = try #require(clients[row.ip ?? ""])
            let (outcome, rejectionClass, code) = expected(client.verdict)
            #expect(row.outcome == outcome, "\(client.name)")
            #expect(row.rejectionClass == rejectionClass, "\(client.name)")
            if let code { #expect(row.code?.rawValue == code, "\(client.name)") }
            #expect((row.certificate == nil) == (client.identity == nil), "\(client.name)")
            #expect(row.service == client.service)
            #expect(row.source == "socket")
            #expect(row.method == client.method)
            #expect(client.paths.contains(row.path ?? ""))
            #expect(row.serverName == client.service + ".demo.test")
            if case .denied(let reason) = client.verdict { #expect(row.reason == reason && row.verified == true) }
        }
    }

    @Test("Headless it tells how it goes on stderr and leaves nothing behind")
    func headless() async throws {
        let folder = try PrivateFolder()
        defer { folder.remove() }
        let ending = try await run(
            ["demo", "--headless", "--duration", "1s", "--rate", "100"],
            environment: ["TMPDIR": folder.path]
        )
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.errors.contains("calls, "))
        #expect(ending.output.hasPrefix("KIND"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test("A database that is none, and a rate that is none, are refused with their exit codes")
    func refusals() async throws {
        let folder = try PrivateFolder()
        defer { folder.remove() }
        let path = folder.path + "/audit.db"
        try Data("not a database, but long enough to look at".utf8).write(to: URL(fileURLWithPath: path))
        let notOurs = try await run(["demo", "--db", path])
        #expect(notOurs.status == 65)
        #expect(notOurs.errors.hasPrefix("mtlstop: "))
        #expect(try await run(["demo", "--rate", "0"]).status == 64)
        #expect(try await run(["demo", "--duration", "soon"]).status == 64)
    }
}
