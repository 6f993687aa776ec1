import CertCore
import GRDB

/// Finds accepted certificates at addresses where they were not seen before: moved, shared, or stolen.
struct AddressChanges {
    /// Over how many of the newest events addresses are compared: about 50 ms.
    static let sample: Int64 = 100_000
    /// A certificate with more addresses than this moves all the time, and is not told.
    static let mostAddresses = 8

    private let finder: ChangeFinder

    init(_ finder: ChangeFinder) {
        self.finder = finder
    }

    private struct Sighting {
        var address: Int64
        var first: Int64
        var count: Int64
    }

    func all() throws -> [Change] {
        guard let last = try finder.db.eventIDs()?.upperBound, let start = finder.period.since else { return [] }
        try finder.snapshot.checkpoint()
        let aliases = try CertificateAliases(finder.db)
        let assembler = EventAssembler(finder.db)
        var changes: [Change] = []
        for (certificate, sightings) in try sightings(after: last - Self.sample, aliases) {
            guard sightings.count > 1, sightings.count <= Self.mostAddresses else { continue }
            let known = sightings.filter { $0.first < start }
            guard !known.isEmpty else { continue }
            for new in sightings where new.first >= start {
                guard let address = try assembler.name(new.address) else { continue }
                changes.append(
                    Change(
                        kind: .newAddress,
                        subject: .certificateAddress(try assembler.summary(certificate), address),
                        before: known.reduce(0) { $0 + $1.count },
                        now: new.count,
                        time: Timestamp(milliseconds: new.first)
                    )
                )
            }
        }
        return Array(
            changes.sorted { ($0.time?.milliseconds ?? 0) > ($1.time?.milliseconds ?? 0) }.prefix(
                ChangeFinder.mostOfAKind
            )
        )
    }

    private func sightings(after id: Int64, _ aliases: CertificateAliases) throws -> [Int64: [Sighting]] {
        let rows = try Row.fetchCursor(
            finder.db.cachedStatement(
                sql: """
                    SELECT e.cert, e.ip, min(e.ts), count(*) FROM event e NOT INDEXED
                    WHERE e.id > ? AND e.outcome = 0 AND e.cert IS NOT NULL AND e.ip IS NOT NULL GROUP BY 1, 2
                    """
            ),
            arguments: [id]
        )
        var result: [Int64: [Sighting]] = [:]
        while let row = try rows.next() {
            guard let certificate = row[0] as Int64?, let address = row[1] as Int64?, let first = row[2] as Int64?
            else { continue }
            result[aliases.canonical(certificate), default: []]
                .append(Sighting(address: address, first: first, count: row[3] ?? 0))
        }
        return result
    }
}
