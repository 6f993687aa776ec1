import AuditEvents
import AuditStore
import CertCore
import Glibc
import Testing

@testable import mtlstop

/// The whole way in one process: handshake, authenticator, hook, socket, collector, database.
@Suite("The demonstration's run")
struct DemoRunTests {
    /// What came of one run.
    private struct Played: Sendable {
        let isComplete: Bool
        let isStored: Bool
        let tally: DemoTally
        let rows: [EventRow]
    }

    /// Plays everybody at least once, off the cooperative pool: it blocks, and the authenticator needs the pool.
    private func play() async throws -> Played {
        try await DedicatedThread.run {
            let folder = try PrivateFolder()
            defer { folder.remove() }
            let settings = DemoRun.Settings(
                databasePath: folder.path + "/audit.db",
                socketPath: folder.path + "/ingest.sock",
                rate: 200,
                seconds: nil,
                seed: 7
            )
            let run = try DemoRun.start(settings, stopSignal: try StopSignal())
            let isComplete = run.waitForOpening(seconds: 60)
            let isStored = run.stopTraffic()
            try run.stop()
            let reader = try AuditReader(path: settings.databasePath)
            let page = try reader.events(EventQuery(order: .oldestFirst, limit: 10_000))
            return Played(isComplete: isComplete, isStored: isStored, tally: run.tally, rows: page.rows)
        }
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

    @Test("Every call ends in the database with its outcome, class, code, address, certificate and request")
    func everything() async throws {
        let cast = try ClientCast()
        let clients = Dictionary(uniqueKeysWithValues: cast.clients.map { ("127.0.0.\($0.host)", $0) })
        #expect(clients.count == cast.clients.count)
        let played = try await play()
        let rows = played.rows
        let tally = played.tally
        #expect(played.isComplete && played.isStored)
        #expect(rows.count == tally.calls)
        #expect(tally.failures.count == 0, "\(tally.failures.first)")
        #expect(Set(tally.rows.keys) == Set(ClientKind.allCases))
        #expect(Set(rows.compactMap(\.ip)) == Set(clients.keys))
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
            #expect(row.reporter.pid == Int(getpid()))
            if case .denied(let reason) = client.verdict { #expect(row.reason == reason && row.verified == true) }
        }
    }

    @Test("The private folder and its files are gone at the end")
    func tidy() throws {
        let folder = try PrivateFolder()
        #expect(FileFacts(path: folder.path)?.mode == 0o700)
        let descriptor = open(folder.path + "/x", O_CREAT | O_WRONLY, 0o600)
        close(descriptor)
        folder.remove()
        #expect(FileFacts(path: folder.path) == nil)
    }
}
