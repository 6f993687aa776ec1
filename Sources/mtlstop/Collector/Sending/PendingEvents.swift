/// The events that are not acknowledged: numbered without a hole, sent again after a reconnect.
struct PendingEvents {
    private struct Entry {
        var line: [UInt8]
        var inputLine: Int64
    }

    private var entries: [Entry] = []
    private var first = 0
    /// How many are sent on the present connection.
    private var sent = 0
    /// The highest sequence number that is durable.
    private(set) var acknowledged: UInt64 = 0
    /// What the lines hold, in bytes.
    private(set) var bytes = 0

    /// How many wait for their ack.
    var count: Int { entries.count - first }
    /// True when all is acknowledged.
    var isEmpty: Bool { count == 0 }
    /// The number that the next event gets.
    var nextSequence: UInt64 { acknowledged + UInt64(count) + 1 }
    /// True when something was not yet sent on this connection.
    var hasUnsent: Bool { sent < count }

    /// Adds a line (with its newline), which carries ``nextSequence``.
    mutating func append(_ line: [UInt8], inputLine: Int64) {
        entries.append(Entry(line: line, inputLine: inputLine))
        bytes += line.count
    }

    /// Everything up to this number is durable.
    mutating func acknowledge(_ sequence: UInt64) {
        guard sequence > acknowledged else { return }
        let done = Int(min(sequence - acknowledged, UInt64(count)))
        for index in first..<(first + done) {
            bytes -= entries[index].line.count
            entries[index].line = []
        }
        first += done
        sent = max(0, sent - done)
        acknowledged += UInt64(done)
        compact()
    }

    /// A new connection: everything that is not durable is sent again.
    mutating func rewind() {
        sent = 0
    }

    /// Moves unsent lines to a buffer, up to a size.
    mutating func fill(_ buffer: inout [UInt8], upTo size: Int) {
        while hasUnsent && buffer.count < size {
            buffer.append(contentsOf: entries[first + sent].line)
            sent += 1
        }
    }

    /// The line of the input that has this number; nil when it is not pending.
    func inputLine(of sequence: UInt64) -> Int64? {
        guard sequence > acknowledged, sequence - acknowledged <= UInt64(count) else { return nil }
        return entries[first + Int(sequence - acknowledged) - 1].inputLine
    }

    private mutating func compact() {
        guard first > 4096, first * 2 > entries.count else { return }
        entries.removeFirst(first)
        first = 0
    }
}
