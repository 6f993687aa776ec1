import AuditEvents
import AuditStore
import CertCore
import Testing

@testable import mtlstop

/// The Swift reporter and the collector together.
@Suite("The reporter and the collector")
struct ReporterTests {
    private func event(_ number: Int) -> AuditEvent {
        AuditEvent(
            outcome: number.isMultiple(of: 3) ? .rejected : .authenticated,
            reason: number.isMultiple(of: 3) ? "socket_not_authorized" : nil,
            certificate: CertificateClaim(commonName: "svc-\(number % 7)", subject: "CN=svc-\(number % 7)"),
            request: RequestInfo(method: "GET", url: "/\(number)", ip: "10.0.0.1", port: 5000),
            tls: TLSInfo(authorized: !number.isMultiple(of: 3), protocolVersion: "TLSv1.3")
        )
    }

    private func paths(_ folder: TestFolder) throws -> [String?] {
        try AuditReader(path: folder.database).events(EventQuery(order: .oldestFirst, limit: 5000)).rows.map(\.path)
    }

    @Test("Every event is in the database once, in order, over a restart and a kill of the collector")
    func exactlyOnce() throws {
        let folder = try TestFolder()
        let reporter = AuditReporter(
            configuration: .init(socketPath: folder.socket, application: "reporter/1", service: "swift")
        )
        var collector = try CollectorProcess(in: folder, label: "first")
        for number in 0..<700 { #expect(reporter.report(event(number))) }
        #expect(try collector.terminate() == 0)
        for number in 700..<1400 { #expect(reporter.report(event(number))) }
        collector = try CollectorProcess(in: folder, label: "second")
        for number in 1400..<2000 { #expect(reporter.report(event(number))) }
        try collector.kill()
        collector = try CollectorProcess(in: folder, label: "third")
        #expect(reporter.close(timeout: .seconds(60)))
        #expect(try collector.terminate() == 0)
        #expect(try paths(folder) == (0..<2000).map { "/\($0)" })
        let reader = try AuditReader(path: folder.database)
        #expect(try reader.status().lostEvents == 0)
        let last = try #require(try reader.events(EventQuery(limit: 1)).rows.first)
        #expect(last.service == "swift")
        #expect(last.reporter.application == "reporter/1")
        #expect(last.certificate?.commonName == "svc-\(1999 % 7)")
    }

    @Test("What a full queue dropped is a loss in the database")
    func losses() throws {
        let folder = try TestFolder()
        let reporter = AuditReporter(configuration: .init(socketPath: folder.socket, capacity: 10))
        for number in 0..<25 { reporter.report(event(number)) }
        let collector = try RunningCollector.start(folder.configuration)
        #expect(reporter.close(timeout: .seconds(60)))
        try collector.stop()
        #expect(try paths(folder) == (0..<10).map { "/\($0)" })
        #expect(try AuditReader(path: folder.database).status().lostEvents == 15)
    }
}
