import GRDB

/// Which stretches of the log a query has to look at, in its direction.
///
/// The log is cut where segments say that nothing in them can match: by their range of times, and for few
/// certificates by the postings of those.
struct EventScan {
    /// How many ids one statement looks at when a filter has no index: about 6 ms of work, so that a page comes back
    /// soon and an interrupt is heard.
    static let slice: Int64 = 50_000
    /// The same through the index of rejections, where one id in fifty costs anything.
    static let rejectedSlice: Int64 = 2_000_000

    /// The longest range of ids that is cut up without asking which segments have events.
    private static let longestWalk: Int64 = 1 << 32

    private let db: Database
    let plan: FilterPlan
    let order: EventQuery.Order

    init(_ db: Database, plan: FilterPlan, order: EventQuery.Order) {
        self.db = db
        self.plan = plan
        self.order = order
    }

    /// The ids to look at within these bounds, both inclusive.
    func ranges(from lowest: Int64, through highest: Int64) throws -> [ClosedRange<Int64>] {
        let first = max(lowest, plan.firstID ?? lowest)
        let last = min(highest, plan.lastID ?? highest)
        guard first <= last, plan.condition != .never else { return [] }
        if let ids = plan.ids {
            let matching = ids.filter { $0 >= first && $0 <= last }.sorted()
            return ordered(matching.map { $0...$0 })
        }
        let stretches = try self.stretches(first...last)
        return ordered(isWhole ? stretches : stretches.flatMap(cut))
    }

    /// True when (nearly) every row looked at matches, so that nothing is gained by slices.
    private var isWhole: Bool {
        switch plan.condition {
        case .always: true
        case .sql(let text, _): text == "e.outcome <> 0" && plan.since == nil && plan.until == nil
        case .never: true
        }
    }

    private func ordered(_ ranges: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
        order == .newestFirst ? ranges.reversed() : ranges
    }

    private func cut(_ range: ClosedRange<Int64>) -> [ClosedRange<Int64>] {
        let length = plan.isRejectedOnly ? Self.rejectedSlice : Self.slice
        return stride(from: range.lowerBound, through: range.upperBound, by: Int64.Stride(length)).map { start in
            start...min(range.upperBound, start + length - 1)
        }
    }

    /// The parts of a range whose segments may hold a match, neighbours joined, in rising order.
    private func stretches(_ range: ClosedRange<Int64>) throws -> [ClosedRange<Int64>] {
        var candidates: [ClosedRange<Int64>]?
        if plan.since != nil || plan.until != nil { candidates = try segmentsByTime(range) }
        if let certificates = plan.certificates, certificates.count <= 64 {
            let posted = try segmentsByPosting(certificates, range)
            candidates = candidates.map { Self.intersection($0, posted) } ?? posted
        }
        let found = candidates ?? [range]
        guard found.contains(where: { $0.upperBound - $0.lowerBound > Self.longestWalk }) else { return found }
        // Ids are given without gaps; where a file says otherwise, only the segments with events are walked through.
        return Self.intersection(found, try segmentsByTime(range))
    }

    private func segmentsByTime(_ range: ClosedRange<Int64>) throws -> [ClosedRange<Int64>] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT first_id >> 16 FROM segment
                WHERE first_id >> 16 BETWEEN ? AND ? AND ts_max >= ? AND ts_min < ? ORDER BY first_id
                """
        )
        let numbers = try Int64.fetchAll(
            statement,
            arguments: [
                range.lowerBound >> 16, range.upperBound >> 16, plan.since ?? .min, plan.until ?? .max,
            ]
        )
        return Self.joined(numbers, within: range)
    }

    private func segmentsByPosting(
        _ certificates: Set<Int64>,
        _ range: ClosedRange<Int64>
    ) throws -> [ClosedRange<Int64>] {
        let list = "[" + certificates.map(String.init).joined(separator: ",") + "]"
        let numbers = try Int64.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT DISTINCT segment FROM cert_segment
                    WHERE cert IN (SELECT value FROM json_each(?)) AND segment BETWEEN ? AND ? ORDER BY segment
                    """
            ),
            arguments: [list, range.lowerBound >> 16, range.upperBound >> 16]
        )
        var result = Self.joined(numbers, within: range)
        // Above the watermark there are no postings yet.
        let tail = max(range.lowerBound, try db.derivedUpTo() + 1)
        if tail <= range.upperBound {
            if let last = result.last, last.upperBound >= tail - 1 {
                result[result.count - 1] = last.lowerBound...range.upperBound
            } else {
                result.append(tail...range.upperBound)
            }
        }
        return result
    }

    private static func joined(_ segments: [Int64], within range: ClosedRange<Int64>) -> [ClosedRange<Int64>] {
        var result: [ClosedRange<Int64>] = []
        // A segment no event id leads to is none of ours; shifted back it would leave the range of ids.
        for segment in segments where segment.isPlausible {
            let first = max(range.lowerBound, segment &<< 16)
            let last = min(range.upperBound, (segment &<< 16) &+ 0xFFFF)
            guard first <= last else { continue }
            if let previous = result.last, previous.upperBound + 1 == first {
                result[result.count - 1] = previous.lowerBound...last
            } else {
                result.append(first...last)
            }
        }
        return result
    }

    private static func intersection(
        _ left: [ClosedRange<Int64>],
        _ right: [ClosedRange<Int64>]
    ) -> [ClosedRange<Int64>] {
        var result: [ClosedRange<Int64>] = []
        var index = 0
        for range in left {
            while index < right.count, right[index].upperBound < range.lowerBound { index += 1 }
            var other = index
            while other < right.count, right[other].lowerBound <= range.upperBound {
                result.append(
                    max(range.lowerBound, right[other].lowerBound)...min(range.upperBound, right[other].upperBound)
                )
                other += 1
            }
        }
        return result
    }
}
