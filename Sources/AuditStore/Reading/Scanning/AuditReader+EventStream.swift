import CertCore
import GRDB

/// The DER of a certificate by its id; nil when only claims about it are stored.
package typealias CertificateLookup = (Int64) throws -> [UInt8]?

extension AuditReader {
    /// How many ids one snapshot of a stream covers: a second or two of a report, so that the writer can tidy its log.
    private static let streamSlice: Int64 = 1 << 20

    /// Every event a query matches up to an id, oldest first, in constant memory.
    ///
    /// The log only grows at its end, so slices of it with a snapshot each show the same events as one snapshot would.
    /// The query's order, limits and `before` are not looked at.
    ///
    /// - Parameters:
    ///   - last: the highest id to show.
    ///   - progress: how far the reading has come, 0…1; after each slice.
    ///   - body: takes one event, and a way to its certificate's DER in the same snapshot; what it throws ends the
    ///     reading and is thrown on. It must not ask the reader anything else.
    package func eachEvent(
        _ query: EventQuery,
        through last: Int64,
        progress: (Double) -> Void = { _ in },
        _ body: (EventRow, CertificateLookup) throws -> Void
    ) throws {
        guard let bounds = try read({ snapshot in try snapshot.db.eventIDs() }) else { return }
        let names = EventNames()
        var first = max(bounds.lowerBound, query.after.map { $0 == .max ? $0 : $0 + 1 } ?? bounds.lowerBound)
        let end = min(bounds.upperBound, last)
        let length = Double(max(1, end - first))
        let start = first
        while first <= end {
            let slice = first...min(end, (first | (Self.streamSlice - 1)))
            try stream(query, slice, names, body)
            progress(Double(slice.upperBound - start) / length)
            first = slice.upperBound + 1
            if first <= end { first = try nextEvent(from: first) ?? end + 1 }
        }
    }

    private func nextEvent(from id: Int64) throws(StoreError) -> Int64? {
        try read { snapshot in
            try Int64.fetchOne(
                snapshot.db.cachedStatement(sql: "SELECT min(id) FROM event WHERE id >= ?"),
                arguments: [id]
            )
        }
    }

    private func stream(
        _ query: EventQuery,
        _ ids: ClosedRange<Int64>,
        _ names: EventNames,
        _ body: (EventRow, CertificateLookup) throws -> Void
    ) throws {
        // An error of the body is not one of the store: it leaves the snapshot unchanged.
        var failure: (any Error)?
        do throws(StoreError) {
            try read { snapshot in
                names.forgetCertificates()
                let assembler = EventAssembler(snapshot.db, names: names)
                var plan = try FilterCompiler(snapshot.db).plan(query.filter)
                plan.narrow(since: query.since?.milliseconds, until: query.until?.milliseconds)
                try NarrowEventScan(snapshot, plan: plan).each(in: ids) { event in
                    let row = try assembler.row(event)
                    do {
                        try body(row) { try snapshot.der(of: $0) }
                    } catch {
                        failure = error
                        throw error
                    }
                }
            }
        } catch {
            throw failure ?? error
        }
    }
}
