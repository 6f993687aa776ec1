import CertCore

/// The events a reporter has taken and not yet seen acknowledged; a value without threads and sockets.
///
/// Events are numbered by their place: the oldest one kept is `acknowledged` + 1. So they need no number before the
/// collector has said where it stands.
struct ReporterQueue {
    /// Events the collector was told about as lost, until an acknowledgement proves that it heard.
    private struct Told {
        let count: UInt64
        let since: Timestamp
        /// The first event sent after the telling.
        let provenBy: UInt64
    }

    let capacity: Int
    let byteCapacity: Int
    private var lines: [[UInt8]]
    private var head = 0
    private(set) var count = 0
    private(set) var bytes = 0

    /// The last number acknowledged.
    private(set) var acknowledged: UInt64 = 0
    /// The highest number ever given to a line with the present producer.
    private(set) var assigned: UInt64 = 0
    /// How many of the kept events were sent on the present connection.
    private(set) var sent = 0
    private var hasPlace = false

    /// Events taken and events settled since the start, whatever their numbers.
    private(set) var taken: UInt64 = 0
    private(set) var settled: UInt64 = 0

    private(set) var dropped: UInt64 = 0
    private var untold: UInt64 = 0
    private var untoldSince: Timestamp?
    private var told: Told?

    init(capacity: Int, byteCapacity: Int) {
        self.capacity = max(capacity, 1)
        self.byteCapacity = byteCapacity
        lines = Array(repeating: [], count: self.capacity)
    }

    /// Whether a batch would hold anything.
    func hasUnsent(window: Int) -> Bool {
        untold > 0 || (sent < count && sent < window)
    }

    /// Whether everything up to the `target`th event is settled and every loss was told.
    func isSettled(_ target: UInt64) -> Bool {
        settled >= target && untold == 0
    }

    /// Takes one event; false when there is no room and it was dropped and counted.
    mutating func append(_ line: [UInt8], now: Timestamp) -> Bool {
        guard count < capacity, bytes + line.count <= byteCapacity else {
            drop(now: now)
            return false
        }
        lines[(head + count) % capacity] = line
        count += 1
        bytes += line.count
        taken += 1
        return true
    }

    /// Counts an event that cannot be taken.
    mutating func drop(now: Timestamp) {
        dropped += 1
        untold += 1
        if untoldSince == nil { untoldSince = now }
    }

    /// Takes over what the collector has, on a new connection; false when the place is lost.
    ///
    /// The place is lost when the collector has more than was ever sent: somebody else uses the producer's name.
    mutating func welcome(last: UInt64) -> Bool {
        sent = 0
        retell()
        if !hasPlace {
            hasPlace = true
            acknowledged = last
            assigned = last
            return true
        }
        guard last <= assigned else { return false }
        acknowledge(last)
        return true
    }

    /// Starts to count anew, with a new producer; what is kept is kept.
    mutating func losePlace() {
        sent = 0
        hasPlace = false
        acknowledged = 0
        assigned = 0
    }

    /// Drops what the collector holds durably.
    mutating func acknowledge(_ number: UInt64) {
        guard number > acknowledged else { return }
        let settling = min(Int(clamping: number - acknowledged), count)
        for _ in 0..<settling {
            bytes -= lines[head].count
            lines[head] = []
            head = (head + 1) % capacity
        }
        count -= settling
        sent = max(sent - settling, 0)
        settled += UInt64(settling)
        acknowledged += UInt64(settling)
        if let told, told.provenBy <= acknowledged { self.told = nil }
    }

    /// Takes it that every loss was heard: the collector ended the connection in an orderly way.
    mutating func proveTold() {
        told = nil
    }

    /// Appends lines that were not sent on this connection, until `output` holds about `limit` bytes.
    mutating func takeBatch(into output: inout [UInt8], limit: Int, window: Int) {
        if untold > 0, let since = untoldSince {
            output.append(contentsOf: "{\"drop\":\(untold),\"since\":\"\(since.rfc3339)\"}\n".utf8)
            let next = acknowledged + UInt64(sent) + 1
            told = Told(count: untold + (told?.count ?? 0), since: told?.since ?? since, provenBy: next)
            untold = 0
            untoldSince = nil
        }
        while sent < count, sent < window, output.count < limit {
            let number = acknowledged + UInt64(sent) + 1
            output.append(contentsOf: "{\"seq\":\(number),".utf8)
            output.append(contentsOf: lines[(head + sent) % capacity].dropFirst())
            output.append(UInt8(ascii: "\n"))
            sent += 1
            assigned = max(assigned, number)
        }
    }

    private mutating func retell() {
        guard let told else { return }
        untold += told.count
        untoldSince = told.since
        self.told = nil
    }
}
