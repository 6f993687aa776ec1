import SafeText

/// What the ingest thread sends to a connection.
enum Reply: Sendable {
    /// All up to this sequence number is durable; a newer ack makes an unsent older one needless.
    case ack(UInt64)
    /// A line that is left out when the peer does not read.
    case line([UInt8])
    /// A line that a peer must get (one a connection): it is written even when the peer does not read.
    case importantLine([UInt8])
    /// A line about the collector's own state: it goes out even while reading is paused, if the socket has room.
    case notice([UInt8])
    /// The end, after a last line.
    case close([UInt8])

    /// `{"ack":N}`.
    static func ackLine(_ sequence: UInt64) -> [UInt8] {
        Array("{\"ack\":\(sequence)}\n".utf8)
    }

    /// The answer to a hello; without acknowledgements there is no `last` and no `window`.
    static func hello(session: Int64, last: UInt64?) -> Reply {
        var json = JSONWriter(capacity: 128)
        json.beginObject()
        json.member("hello", 1)
        json.member("session", session)
        if let last { json.member("last", last) }
        json.member("max_line", LineAssembler.longestLine)
        if last != nil { json.member("window", window) }
        json.endObject()
        json.newline()
        return .importantLine(json.bytes)
    }

    /// How many events a client may have under way without an ack.
    static let window = 65_536

    /// A notice, which consumes nothing.
    static func notice(_ state: IntakeState) -> Reply {
        .notice(Array("{\"notice\":\"\(state.rawValue)\"}\n".utf8))
    }

    /// The collector asks for certificates that it only knows by fingerprint.
    static func need(_ fingerprints: [String]) -> Reply {
        var json = JSONWriter(capacity: 128)
        json.beginObject()
        json.member("need", fingerprints)
        json.endObject()
        json.newline()
        return .line(json.bytes)
    }

    /// A newer connection of the same producer has taken over.
    static let superseded = Reply.close(Array("{\"err\":\"superseded\"}\n".utf8))

    /// The collector stops.
    static let stopping = Reply.close(Array("{\"bye\":1,\"retry_ms\":500}\n".utf8))

    /// The orderly end that the client asked for.
    static let bye = Reply.close(Array("{\"bye\":1}\n".utf8))
}
