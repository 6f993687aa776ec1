import AuditEvents
import CertCore
import Foundation
import Testing

@Suite("The reporter")
struct AuditReporterTests {
    /// A socket path in a folder of its own, removed afterwards.
    private func withPath(_ body: (String) throws -> Void) throws {
        let folder = "/tmp/mtlstop-reporter-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder + "/ingest.sock")
    }

    private func event(_ number: Int) -> AuditEvent {
        AuditEvent(outcome: .rejected, reason: "event-\(number)", request: RequestInfo(url: "/x", ip: "10.0.0.1"))
    }

    private func names(_ range: Range<Int>) -> [String] {
        range.map { "event-\($0)" }
    }

    @Test("What is reported arrives once, in order, and is acknowledged")
    func arrives() throws {
        try withPath { path in
            let collector = try TestCollector(path: path)
            defer { collector.stop() }
            let reporter = AuditReporter(configuration: .init(socketPath: path, application: "test/1"))
            for number in 0..<500 { #expect(reporter.report(event(number))) }
            #expect(reporter.flush(timeout: .seconds(60)))
            #expect(collector.seen.reasons == names(0..<500))
            #expect(reporter.statistics.acknowledged == 500)
            #expect(reporter.statistics.queued == 0)
            #expect(reporter.close(timeout: .seconds(10)))
            #expect(collector.wait { $0.byes == 1 })
            #expect(reporter.report(event(1)) == false)
        }
    }

    @Test("A connection lost midway loses nothing and stores nothing twice")
    func resends() throws {
        try withPath { path in
            let collector = try TestCollector(
                path: path,
                manners: [.storeThenDrop(40), .forget(30), .storeThenDrop(1), .forget(1), .serve]
            )
            defer { collector.stop() }
            let reporter = AuditReporter(configuration: .init(socketPath: path))
            for number in 0..<300 { reporter.report(event(number)) }
            #expect(reporter.flush(timeout: .seconds(60)))
            let seen = collector.seen
            #expect(seen.reasons == names(0..<300))
            #expect(seen.connections == 5)
            #expect(seen.repeats == 0)
            #expect(seen.jumps == 0)
            #expect(seen.producers.count == 1)
            reporter.close(timeout: .seconds(10))
        }
    }

    @Test("Events wait for a collector that comes later")
    func waits() throws {
        try withPath { path in
            let reporter = AuditReporter(configuration: .init(socketPath: path))
            for number in 0..<10 { reporter.report(event(number)) }
            #expect(reporter.flush(timeout: .milliseconds(1)) == false)
            let collector = try TestCollector(path: path)
            defer { collector.stop() }
            #expect(reporter.flush(timeout: .seconds(60)))
            #expect(collector.seen.reasons == names(0..<10))
            reporter.close(timeout: .seconds(10))
        }
    }

    @Test("A full queue drops the newest, counts them and tells the collector")
    func drops() throws {
        try withPath { path in
            let reporter = AuditReporter(configuration: .init(socketPath: path, capacity: 20))
            for number in 0..<50 { reporter.report(event(number)) }
            #expect(reporter.statistics.dropped == 30)
            #expect(reporter.statistics.queued == 20)
            let collector = try TestCollector(path: path)
            defer { collector.stop() }
            #expect(reporter.flush(timeout: .seconds(60)))
            #expect(collector.wait { $0.drops == [30] })
            #expect(collector.seen.reasons == names(0..<20))
            reporter.close(timeout: .seconds(10))
        }
    }

    @Test("A collector that does not read never holds up the caller")
    func neverBlocks() throws {
        try withPath { path in
            let collector = try TestCollector(path: path, manners: [.ignore])
            defer { collector.stop() }
            let reporter = AuditReporter(configuration: .init(socketPath: path, capacity: 1000))
            for number in 0..<5000 { reporter.report(event(number)) }
            let statistics = reporter.statistics
            #expect(statistics.queued == 1000)
            #expect(statistics.dropped == 4000)
            #expect(reporter.close(timeout: .milliseconds(50)) == false)
        }
    }

    @Test("A superseded reporter goes on under a new name")
    func superseded() throws {
        try withPath { path in
            let collector = try TestCollector(path: path, manners: [.supersede, .serve])
            defer { collector.stop() }
            let reporter = AuditReporter(configuration: .init(socketPath: path))
            for number in 0..<20 { reporter.report(event(number)) }
            #expect(reporter.flush(timeout: .seconds(60)))
            #expect(collector.seen.producers.count == 2)
            #expect(collector.seen.reasons == names(0..<20))
            reporter.close(timeout: .seconds(10))
        }
    }

    @Test("A collector that stops is waited for and asked again")
    func postponed() throws {
        try withPath { path in
            let collector = try TestCollector(path: path, manners: [.sayBye, .serve])
            defer { collector.stop() }
            let reporter = AuditReporter(configuration: .init(socketPath: path))
            for number in 0..<20 { reporter.report(event(number)) }
            #expect(reporter.flush(timeout: .seconds(60)))
            #expect(collector.seen.reasons == names(0..<20))
            #expect(collector.seen.producers.count == 1)
            reporter.close(timeout: .seconds(10))
        }
    }

    @Test("A named producer goes on where the collector says it was")
    func goesOn() throws {
        let producer = "0b7e5a3c-1111-4222-8333-abcdefabcdef"
        try withPath { path in
            let collector = try TestCollector(path: path, last: [producer: 41])
            defer { collector.stop() }
            let reporter = AuditReporter(configuration: .init(socketPath: path, producer: producer.uppercased()))
            for number in 0..<3 { reporter.report(event(number)) }
            #expect(reporter.flush(timeout: .seconds(60)))
            #expect(collector.seen.last == [producer: 44])
            #expect(collector.seen.jumps == 0)
            reporter.close(timeout: .seconds(10))
        }
    }
}

@Suite("The reporter's hooks")
struct AuditReporterHookTests {
    private func certificate(_ name: String) throws -> ClientCertificate {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("fixtures/certificates")
        return try ClientCertificate(der: Array(try Data(contentsOf: fixtures.appendingPathComponent(name))))
    }

    @Test("A socket that is not authorized is reported with the certificate it showed")
    func unauthorizedSocket() throws {
        let leaf = try certificate("ca-no-but-cert-sign.der")
        let issuer = try certificate("ca.der")
        let socket = SocketIdentity(authorized: false, authorizationError: "CERT_HAS_EXPIRED", chain: [leaf, issuer])
        var request = ClientCertificateRequest(socket: socket, remoteAddress: "10.0.0.1", port: 5000, method: "GET")
        request.tlsProtocol = "TLSv1.3"
        let event = AuditEvent(rejected: nil, request, reason: "socket_not_authorized")
        #expect(event.outcome == .rejected)
        #expect(event.source == "socket")
        #expect(event.certificate?.chain == [leaf.der, issuer.der])
        #expect(event.tls.authorized == false)
        #expect(event.tls.authorizationError == "CERT_HAS_EXPIRED")
        #expect(event.tls.protocolVersion == "TLSv1.3")
        #expect(event.request.port == 5000)
    }

    @Test("An authenticator's decisions reach the collector, and it gets the certificate it asks for")
    func authenticator() async throws {
        let path = "/tmp/mtlstop-hooks-\(UInt64.random(in: 0...UInt64.max)).sock"
        let leaf = try certificate("ca.der")
        let collector = try TestCollector(path: path, manners: [.need(leaf.sha256.hex)])
        defer { collector.stop() }
        let reporter = AuditReporter(configuration: .init(socketPath: path, service: "test"))
        reporter.remember(leaf)
        let authenticator = ClientCertificateAuthenticator(
            authorize: { _, request in request.url == "/open" },
            onAuthenticated: reporter.onAuthenticated,
            onRejected: reporter.onRejected
        )
        let socket = SocketIdentity(authorized: true, chain: [leaf])
        _ = await authenticator.authenticate(ClientCertificateRequest(socket: socket, url: "/closed"))
        #expect(await collector.reaches { $0.reasons == ["callback_returned_false"] })
        _ = await authenticator.authenticate(ClientCertificateRequest(socket: socket, url: "/open"))
        #expect(await collector.reaches { $0.reasons == ["callback_returned_false", ""] })
        #expect(await collector.reaches { $0.certificates == [Base64.encode(leaf.der)] })
        #expect(reporter.close(timeout: .seconds(10)))
    }
}
