import GRDB

/// The derived tables behind their watermark: counted in memory, flushed now and then, rebuilt after a crash.
final class Rollups {
    /// Events after which counts are flushed: at this spacing postings cost 3 % of the insert (measured).
    private static let flushEvents = 300_000
    /// The usual time between flushes while events come in.
    private static let flushMilliseconds: Int64 = 1_000
    /// A flush waits ten times as long as the last one took, so that it never takes more than a tenth of the writer.
    private static let restFactor: Int64 = 10
    /// Hours of a certificate's use that are kept: eight days.
    static let hoursKept: Int64 = 192

    private let statements: RollupStatements
    private var counts: RollupAccumulator
    private var lastFlush: Int64
    private var rest = Rollups.flushMilliseconds
    private var prunedHour = Int64.min
    private var spent = Duration.zero
    private let clock = ContinuousClock()

    /// Goes on at the stored watermark.
    init(_ db: Database, now: Int64) throws {
        statements = try RollupStatements(db)
        let upTo = try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'derived_upto'") ?? 0
        counts = RollupAccumulator(upTo: upTo)
        lastFlush = now
    }

    /// The greatest event id that is flushed or waits for a flush.
    var upTo: Int64 { counts.upTo }

    /// Counts committed events.
    func add(_ events: ContiguousArray<PendingEvent>, firstID: Int64) {
        for index in events.indices {
            let event = events[index]
            counts.add(
                id: firstID + Int64(index),
                time: event.time,
                isRejected: event.outcome != 0,
                certificate: event.certificate,
                service: event.service,
                verdict: event.verdict
            )
        }
    }

    /// Counts one event that was committed before.
    func add(id: Int64, time: Int64, isRejected: Bool, certificate: Int64, service: Int64, verdict: Int64) {
        counts.add(
            id: id,
            time: time,
            isRejected: isRejected,
            certificate: certificate,
            service: service,
            verdict: verdict
        )
    }

    /// Whether it is time to flush while events come in; `now` in Unix milliseconds.
    func isDue(now: Int64) -> Bool {
        guard counts.events > 0 else { return false }
        // A clock that was set back must not stop the flushes.
        return counts.events >= Self.flushEvents || now - lastFlush >= rest || now < lastFlush
    }

    /// Writes the counts; within a transaction, once it is durable, ``flushed(now:)`` is called.
    func write(now: Int64) throws {
        let start = clock.now
        let hour = RollupSpan.hour.bucket(ofMilliseconds: now)
        try statements.write(counts)
        if hour != prunedHour { try statements.removeHours(before: hour - Self.hoursKept) }
        spent = clock.now - start
    }

    /// Starts counting anew: what was written is durable.
    func flushed(now: Int64) {
        prunedHour = RollupSpan.hour.bucket(ofMilliseconds: now)
        counts = RollupAccumulator(upTo: counts.upTo)
        lastFlush = now
        rest = max(Self.flushMilliseconds, Int64(spent / Duration.milliseconds(1)) * Self.restFactor)
    }

    /// Writes the counts in a transaction of their own; after an error they stay in memory.
    func flush(_ connection: WriteConnection, now: Int64) throws(StoreError) {
        guard counts.events > 0 else { return }
        try connection.transaction { _ in try write(now: now) }
        flushed(now: now)
    }
}
