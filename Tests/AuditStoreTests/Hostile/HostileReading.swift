import CertCore
import SafeText

@testable import AuditStore

/// Asks a database everything that a command or a screen asks.
struct HostileReading {
    let path: String

    /// 1 when something said that the database cannot be used, or that the evidence is broken; 0 when all was answered.
    func ask() -> Int {
        let intact = (try? LedgerVerifier(path: path).run().isIntact) ?? false
        do {
            let reader = try AuditReader(path: path)
            let failures = [events(reader), numbers(reader), certificates(reader), evidence(reader)]
            return intact && !failures.contains(true) ? 0 : 1
        } catch {
            return 1
        }
    }

    private var now: Timestamp { WriterHarness.start.advanced(byMilliseconds: 200_000) }

    /// True when any of the questions failed.
    private func failed(_ questions: [() throws -> Void]) -> Bool {
        var failed = false
        for question in questions {
            do { try question() } catch { failed = true }
        }
        return failed
    }

    private func events(_ reader: AuditReader) -> Bool {
        failed([
            {
                for row in try reader.events(EventQuery(limit: 100)).rows {
                    var writer = JSONWriter()
                    row.writeJSON(to: &writer)
                    _ = try reader.surroundings(ofEvent: row.id)
                }
            },
            { try reader.eachEvent(EventQuery(), through: .max) { _, der in _ = try der(1) } },
            {
                _ = try reader.events(
                    EventQuery(filter: AuditFilter(parsing: "cn:claimed* or ip:10.0.0.0/8", now: now))
                )
            },
            {
                _ = try reader.events(
                    EventQuery(
                        filter: AuditFilter(parsing: "outcome:rejected path:/path/*", now: now),
                        order: .oldestFirst
                    )
                )
            },
            { _ = try reader.badLines() },
            { _ = try reader.losses() },
        ])
    }

    private func numbers(_ reader: AuditReader) -> Bool {
        let since = WriterHarness.start.advanced(byMilliseconds: -3_600_000)
        return failed([
            { _ = try reader.status() },
            { _ = try reader.totals(since: nil, until: nil, buckets: 40, filter: nil) },
            {
                _ = try reader.totals(
                    since: since,
                    until: now,
                    buckets: 4,
                    filter: AuditFilter(parsing: "is:new", now: now)
                )
            },
            { _ = try reader.rejections(since: nil, until: nil, filter: nil, now: now) },
            { _ = try reader.rejections(since: since, until: now, filter: nil, now: now) },
            { _ = try reader.rejectedParties(nil, since: nil, until: nil, filter: nil, limit: 50) },
            { _ = try reader.changes(within: 86_400_000, now: now) },
            { _ = try reader.summary(now: now) },
            { _ = try reader.reporters(limit: 10) },
        ])
    }

    private func certificates(_ reader: AuditReader) -> Bool {
        failed([
            {
                for use in try reader.certificates(CertificateQuery()) {
                    _ = try reader.certificate(id: use.certificate.id)
                }
            },
            { _ = try reader.certificates(CertificateQuery(filter: AuditFilter(parsing: "cn:*", now: now))) },
            { _ = try reader.certificate(matching: "#1") },
            { _ = try reader.certificate(matching: "00ff") },
            { _ = try reader.expiring(within: 400 * 86_400_000, now: now) },
        ])
    }

    private func evidence(_ reader: AuditReader) -> Bool {
        failed([
            { _ = try reader.ledgerHead() },
            { _ = try reader.ledgerProofs(for: 1...8) },
            { _ = try reader.eventProof(2) },
        ])
    }
}
