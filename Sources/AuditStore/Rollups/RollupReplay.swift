import GRDB

/// Brings the derived tables up to the last event: what a crash left above the watermark is counted again.
struct RollupReplay {
    /// Events counted between two flushes, which bounds memory when much has to be replayed.
    private static let chunk = 300_000

    private let connection: WriteConnection
    private let query: PreparedStatement

    /// Prepares the replay.
    init(_ connection: WriteConnection, _ db: Database) throws {
        self.connection = connection
        query = try PreparedStatement(
            db,
            """
            SELECT event.id, event.ts, event.outcome, event.cert, context.service, event.verdict
            FROM event LEFT JOIN context ON context.id = event.context
            WHERE event.id > ? ORDER BY event.id LIMIT \(Self.chunk)
            """
        )
    }

    /// Counts every stored event above the watermark.
    func run(_ rollups: Rollups, now: Int64) throws(StoreError) {
        var more = true
        while more {
            more = try connection.perform { _ in try count(rollups) } == Self.chunk
            try rollups.flush(connection, now: now)
        }
    }

    private func count(_ rollups: Rollups) throws -> Int {
        query.bind(1, rollups.upTo)
        var rows = 0
        while try query.next() {
            rows += 1
            rollups.add(
                id: query.integer(0),
                time: query.integer(1),
                isRejected: query.integer(2) != 0,
                certificate: query.integer(3),
                service: query.integer(4),
                verdict: query.integer(5)
            )
        }
        return rows
    }
}
