import GRDB

/// Keeps the `segment` rows: committed with their events, so that readers may trust them for every event they see.
final class SegmentTracker {
    private var current: SegmentRange?
    private let upsert: PreparedStatement

    /// Goes on with the last stored segment.
    init(_ db: Database) throws {
        upsert = try PreparedStatement(
            db,
            """
            INSERT INTO segment(first_id, events, ts_min, ts_max, received_min, received_max) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT(first_id) DO UPDATE SET events = excluded.events, ts_min = excluded.ts_min,
            ts_max = excluded.ts_max, received_min = excluded.received_min, received_max = excluded.received_max
            """
        )
        let columns = "first_id, events, ts_min, ts_max, received_min, received_max"
        let last = try Row.fetchOne(db, sql: "SELECT \(columns) FROM segment ORDER BY first_id DESC LIMIT 1")
        current = try last.map { row in
            SegmentRange(
                segment: try row.required(0) >> DatabaseIdentity.segmentBits,
                events: try row.required(1),
                timeMin: try row.required(2),
                timeMax: try row.required(3),
                receivedMin: try row.required(4),
                receivedMax: try row.required(5)
            )
        }
    }

    /// Stores the segments that the events belong to; within the batch's transaction.
    ///
    /// - Returns: The last of them, for ``committed(_:)`` once the transaction is durable.
    func write(_ events: ContiguousArray<PendingEvent>, firstID: Int64) throws -> SegmentRange? {
        var range = current
        for index in events.indices {
            let segment = (firstID + Int64(index)) >> DatabaseIdentity.segmentBits
            if range?.segment != segment {
                if let range, range != current { try write(range) }
                range = SegmentRange(segment: segment)
            }
            range?.add(time: events[index].time, received: events[index].received)
        }
        if let range, range != current { try write(range) }
        return range
    }

    /// Goes on from what is durable now.
    func committed(_ range: SegmentRange?) {
        current = range
    }

    private func write(_ range: SegmentRange) throws {
        upsert.bind(1, max(1, range.segment << DatabaseIdentity.segmentBits))
        upsert.bind(2, range.events)
        upsert.bind(3, range.timeMin)
        upsert.bind(4, range.timeMax)
        upsert.bind(5, range.receivedMin)
        upsert.bind(6, range.receivedMax)
        try upsert.run()
    }
}
