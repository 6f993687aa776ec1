import AuditEvents
import AuditStore
import CertCore
import Foundation
import Testing

@testable import mtlstop

/// The Node module, its example server and its script, run as they stand in `integrations/node`.
@Suite("The Node hooks")
struct NodeHookTests {
    private static let module = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("integrations/node").path

    /// A program of the system; fails the test with words that say what to install.
    private func program(_ name: String, package: String) throws -> String {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        let candidates: [String] = folders.map { "\($0)/\(name)" }
        let found: String? = candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
        return try #require(found, "\(name) is needed for this test: apt-get install \(package) (scripts/test does it)")
    }

    /// Runs a program to its end and gives what it wrote.
    @discardableResult
    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program) ended with \(process.terminationStatus)")
        return String(decoding: data, as: UTF8.self)
    }

    /// The status of one request, with a client certificate or without.
    private func get(_ path: String, _ server: ExampleServer, client: String?) throws -> String {
        var arguments = ["-sk", "--max-time", "30", "-o", "/dev/null", "-w", "%{http_code}", "-A", "test/1"]
        if let client {
            arguments += [
                "--cert", "\(server.certificates)/\(client).pem", "--key", "\(server.certificates)/\(client).key",
            ]
        }
        return try run(try program("curl", package: "curl"), arguments + ["\(server.address)\(path)"])
    }

    @Test("Good, expired, foreign, denied and missing certificates become the events they are")
    func decisions() throws {
        let node = try program("node", package: "nodejs")
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        _ = try program("openssl", package: "openssl")
        try run("/bin/bash", ["\(Self.module)/make-certificates.sh", folder["certs"]])
        let server = try ExampleServer(node: node, module: Self.module, folder: folder)

        #expect(try get("/v1/x?y=1", server, client: "good") == "200")
        #expect(try get("/expired", server, client: "expired") == "401")
        #expect(try get("/foreign", server, client: "foreign") == "401")
        #expect(try get("/missing", server, client: nil) == "401")
        #expect(try get("/admin", server, client: "good") == "401")
        #expect(try get("/admin", server, client: "admin") == "200")
        #expect(try server.stop() == 0, "the server ends with 0 only when every event is acknowledged")

        let rows = try AuditReader(path: folder.database).events(EventQuery(order: .oldestFirst, limit: 10)).rows
        try collector.stop()
        try #require(rows.count == 6)
        try check(rows, certificates: server.certificates)
    }

    private func check(_ rows: [EventRow], certificates: String) throws {
        #expect(rows.map(\.path) == ["/v1/x?y=1", "/expired", "/foreign", "/missing", "/admin", "/admin"])
        #expect(rows.map(\.outcome) == [.authenticated, .rejected, .rejected, .rejected, .rejected, .authenticated])
        let unauthorized = "socket_not_authorized"
        #expect(rows.map(\.reason) == [nil, unauthorized, unauthorized, unauthorized, "callback_returned_false", nil])
        #expect(rows.map(\.rejectionClass) == [nil, .expired, .unknownIssuer, .noCertificate, .policy, nil])
        let names = ["svc-good", "svc-expired", "svc-foreign", nil, "svc-good", "svc-admin"]
        #expect(rows.map { $0.certificate?.commonName } == names)
        for row in rows {
            #expect(row.service == "example")
            #expect(row.source == "socket")
            #expect(row.method == "GET")
            #expect(row.ip == "127.0.0.1")
            #expect(row.userAgent == "test/1")
            #expect(row.tlsProtocol == "TLSv1.3")
            #expect(row.reporter.application == "example-server/1.0")
        }
        let good = try ClientCertificate(pem: try String(contentsOfFile: "\(certificates)/good.pem", encoding: .utf8))
        #expect(rows[0].certificate?.sha256 == good.sha256)
    }

    @Test("A collector that is killed midway gets every event once when it is back")
    func restart() throws {
        let node = try program("node", package: "nodejs")
        let folder = try TestFolder()
        var collector = try CollectorProcess(in: folder, label: "first")
        try run("/bin/bash", ["\(Self.module)/make-certificates.sh", folder["certs"]])
        let server = try ExampleServer(node: node, module: Self.module, folder: folder)
        for number in 0..<5 { #expect(try get("/\(number)", server, client: "good") == "200") }
        try collector.kill()
        for number in 5..<10 { #expect(try get("/\(number)", server, client: nil) == "401") }
        collector = try CollectorProcess(in: folder, label: "second")
        for number in 10..<12 { #expect(try get("/\(number)", server, client: "good") == "200") }
        #expect(try server.stop() == 0)
        #expect(try collector.terminate() == 0)
        let reader = try AuditReader(path: folder.database)
        let rows = try reader.events(EventQuery(order: .oldestFirst, limit: 100)).rows
        #expect(rows.map(\.path) == (0..<12).map { "/\($0)" })
        #expect(try reader.status().lostEvents == 0)
    }

    /// Reports ten events and a request that cannot be looked at into a queue of three; closes when told to.
    private static let overflow = """
        const { auditHooks } = await import(process.argv[1]);
        const hooks = auditHooks(process.argv[2], { capacity: 3, service: 'overflow' });
        for (let i = 0; i < 10; i += 1) hooks.onRejected(null, { method: 'GET', url: '/' + i }, 'socket_not_authorized');
        hooks.onRejected(null, new Proxy({}, { get() { throw new Error('no'); } }), 'x');
        console.log(JSON.stringify(hooks.statistics()));
        process.stdin.once('data', async () => {
          console.log(await hooks.close(30000));
          process.exit(0);
        });
        """

    @Test("A full queue drops the newest and tells the collector; a hostile request disturbs nobody")
    func overflow() throws {
        let folder = try TestFolder()
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: try program("node", package: "nodejs"))
        process.arguments = [
            "--input-type=module", "-e", Self.overflow, "\(Self.module)/mtlstop-audit.mjs", folder.socket,
        ]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        defer { if process.isRunning { process.terminate() } }
        let first = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        #expect(first == #"{"queued":3,"acknowledged":0,"dropped":8,"connected":false}"# + "\n")
        let collector = try RunningCollector.start(folder.configuration)
        try input.fileHandleForWriting.write(contentsOf: Array("close\n".utf8))
        let rest = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(rest == "true\n")
        try collector.stop()
        let reader = try AuditReader(path: folder.database)
        let rows = try reader.events(EventQuery(order: .oldestFirst, limit: 10)).rows
        #expect(rows.map(\.path) == ["/0", "/1", "/2"])
        #expect(try reader.status().lostEvents == 8)
    }
}

/// `integrations/node/example-server.mjs` as a process of its own.
private final class ExampleServer {
    let address: String
    let certificates: String
    private let process = Process()
    private let output = Pipe()

    /// Starts the server and returns when it listens.
    init(node: String, module: String, folder: TestFolder) throws {
        certificates = folder["certs"]
        process.executableURL = URL(fileURLWithPath: node)
        process.arguments = [
            "\(module)/example-server.mjs", "--socket", folder.socket, "--certs", certificates, "--port", "0",
        ]
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        address = try #require(
            line.split(separator: "\n").first.flatMap { $0.split(separator: " ").last.map(String.init) },
            "the example server did not start"
        )
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// Asks for an orderly end and returns the exit code.
    func stop() throws -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
