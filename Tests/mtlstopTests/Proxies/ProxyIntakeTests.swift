import AuditEvents
import AuditStore
import CertCore
import Foundation
import Testing

@testable import mtlstop

/// Each proxy for real, telling a real collector: what `events` shows of each client.
@Suite("Real proxies tell the collector who was refused and why", .enabled(if: Proxy.programs != nil))
struct ProxyIntakeTests {
    /// A lab with a collector that hears it, and what the collector has stored.
    private final class Watched {
        let lab: ProxyLab
        private(set) var collector: CollectorProcess
        private var known: Set<Int64> = []
        private var starts = 1

        private let options: [String]

        /// Starts both; nginx may log to a file that the collector follows, as its configuration advises in a comment.
        init(_ proxy: Proxy, toFile: Bool = false) throws {
            let file = "access_log mtls.json mtlstop;\n    access_log syslog:"
            lab = try ProxyLab(proxy, changing: toFile ? ["access_log syslog:": file] : [:])
            options = toFile ? ["--follow", lab.folder["mtls.json"]] : proxy.intake(lab.folder.path)
            collector = try CollectorProcess(in: lab.folder, options: options)
            try lab.start()
            while try rows().allSatisfy({ $0.path != "/ready" || $0.outcome != .authenticated }) { poll(nil, 0, 20) }
            known = Set(try rows().map(\.id))
        }

        /// Ends the collector as a crash would, does something, and starts it again.
        func withoutCollector(_ work: () throws -> Void) throws {
            try collector.kill()
            try work()
            starts += 1
            collector = try CollectorProcess(in: lab.folder, options: options, label: "collect-\(starts)")
        }

        /// The next event, not counting what the start of the proxy made.
        func next() throws -> EventRow {
            let deadline = ContinuousClock.now + .seconds(20)
            while ContinuousClock.now < deadline {
                if let row = try rows().first(where: { !known.contains($0.id) && $0.path != "/ready" }) {
                    known.insert(row.id)
                    return row
                }
                poll(nil, 0, 20)
            }
            throw Overdue(what: "no event came from \(lab.proxy): \(collector.child.errors)")
        }

        func rows() throws -> [EventRow] {
            try AuditReader(path: collector.database).events(EventQuery(order: .oldestFirst, limit: 1000)).rows
        }
    }

    @Test("A good certificate is authenticated, with its identity and the request", arguments: Proxy.allCases)
    func accepted(_ proxy: Proxy) throws {
        let watched = try Watched(proxy)
        let good = try watched.lab.certificate("good")
        for version in ["1.2", "1.3"] {
            let target = "/v\(version)?q=%22x"
            #expect(try watched.lab.get(target, as: "good", options: ["--tls-max", version]).status == 200)
            let row = try watched.next()
            #expect(row.outcome == .authenticated)
            #expect(row.certificate?.sha256 == good.sha256)
            #expect(row.certificate?.commonName == "svc-good")
            #expect(row.path == target)
            #expect(row.method == "GET")
            #expect(row.ip == "127.0.0.1")
            #expect(row.tlsProtocol == "TLSv\(version)")
            #expect(row.userAgent == "test/1")
            #expect(row.service == "billing")
            #expect(row.source == proxy.rawValue)
            #expect(abs(row.time - row.received) < 30_000, "the record's own time, in the same clock")
        }
    }

    @Test(
        "Every refusal has its class, its code and, where the proxy tells, its certificate",
        arguments: Proxy.allCases
    )
    func refused(_ proxy: Proxy) throws {
        let watched = try Watched(proxy)
        for version in ["1.2", "1.3"] {
            _ = try watched.lab.get("/none", as: nil, options: ["--tls-max", version])
            var row = try watched.next()
            #expect(row.outcome == .rejected)
            #expect(row.rejectionClass == .noCertificate)
            #expect(row.certificate == nil)
            #expect(row.source == proxy.rawValue)

            _ = try watched.lab.get("/expired", as: "expired", options: ["--tls-max", version])
            row = try watched.next()
            #expect(row.rejectionClass == .expired)
            #expect(row.code?.name == "CERT_HAS_EXPIRED")
            try check(row, is: "expired", of: watched.lab)

            _ = try watched.lab.get("/foreign", as: "foreign", options: ["--tls-max", version])
            row = try watched.next()
            #expect(row.rejectionClass == .unknownIssuer)
            try check(row, is: "foreign", of: watched.lab)
        }
    }

    /// Compares an event's certificate with a client's: Go's server tells nothing about a certificate it refuses, and
    /// Apache's error log has names and serial number only.
    private func check(_ row: EventRow, is client: String, of lab: ProxyLab) throws {
        if [.traefik, .caddy].contains(lab.proxy) {
            #expect(row.certificate == nil)
            return
        }
        let certificate = try lab.certificate(client)
        #expect(row.certificate?.commonName == "svc-\(client)")
        #expect(row.certificate?.serial == certificate.serialNumber)
        if lab.proxy == .apache, client == "expired" { return }
        #expect(row.certificate?.sha256 == certificate.sha256)
    }

    @Test("What happened while the collector was killed is stored once when it is back", arguments: Proxy.allCases)
    func away(_ proxy: Proxy) throws {
        // A datagram that nobody receives is gone, so nginx promises this only with a file.
        let watched = try Watched(proxy, toFile: proxy == .nginx)
        _ = try watched.lab.get("/before", as: "good")
        #expect(try watched.next().path == "/before")
        try watched.withoutCollector {
            for number in 1...3 { _ = try watched.lab.get("/away/\(number)", as: "good") }
        }
        #expect(try (1...3).map { _ in try watched.next().path } == ["/away/1", "/away/2", "/away/3"])
        _ = try watched.lab.get("/after", as: "good")
        #expect(try watched.next().path == "/after")
        let paths = try watched.rows().compactMap(\.path).filter { $0 != "/ready" }
        #expect(paths == ["/before", "/away/1", "/away/2", "/away/3", "/after"], "nothing twice")
    }

    @Test("`events` prints them for programs", arguments: Proxy.allCases)
    func printed(_ proxy: Proxy) throws {
        let watched = try Watched(proxy)
        _ = try watched.lab.get("/x", as: "expired")
        _ = try watched.next()
        let arguments = ["events", "--db", watched.collector.database, "--format", "ndjson", "class:expired"]
        let command = try ChildProcess(arguments, in: watched.lab.folder, label: "events")
        #expect(try command.wait() == 0)
        let lines = command.output.split(separator: "\n")
        let line = try #require(lines.first)
        #expect(lines.count == 1)
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        #expect(object?["outcome"] as? String == "rejected")
        #expect(object?["class"] as? String == "expired")
        #expect(object?["code"] as? Int == 10)
        #expect(object?["source"] as? String == proxy.rawValue)
    }
}
