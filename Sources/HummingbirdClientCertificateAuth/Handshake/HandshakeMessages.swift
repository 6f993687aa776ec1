/// Puts the handshake messages of one direction together from the TLS records that carry them.
///
/// Reads until the first encrypted record, and never keeps more than 64 KiB.
struct HandshakeMessages {
    /// One message, without its header.
    struct Message {
        let type: UInt8
        let body: [UInt8]
    }

    private static let limit = 65_536
    private static let changeCipherSpec: UInt8 = 20
    private static let handshake: UInt8 = 22

    private var records: [UInt8] = []
    private var messages: [UInt8] = []

    /// Whether nothing more can be read: something else than handshake records came, or too much of them.
    private(set) var isClosed = false

    /// Takes bytes as they came.
    mutating func append(_ bytes: some Collection<UInt8>) {
        guard !isClosed else { return }
        guard records.count + messages.count + bytes.count <= Self.limit else { return close() }
        records.append(contentsOf: bytes)
        unwrap()
    }

    /// The next whole message.
    mutating func next() -> Message? {
        guard messages.count >= 4 else { return nil }
        let length = Int(messages[1]) << 16 | Int(messages[2]) << 8 | Int(messages[3])
        guard messages.count >= 4 + length else { return nil }
        defer { messages.removeFirst(4 + length) }
        return Message(type: messages[0], body: Array(messages[4..<4 + length]))
    }

    /// A record is a type, two bytes of version, two of length, and the fragment (RFC 8446 section 5.1).
    private mutating func unwrap() {
        var position = 0
        while records.count - position >= 5 {
            let type = records[position]
            let length = Int(records[position + 3]) << 8 | Int(records[position + 4])
            guard type == Self.handshake || type == Self.changeCipherSpec else { return close(keepingMessages: true) }
            guard records.count - position >= 5 + length else { break }
            if type == Self.handshake { messages += records[position + 5..<position + 5 + length] }
            position += 5 + length
        }
        records.removeFirst(position)
    }

    private mutating func close(keepingMessages: Bool = false) {
        isClosed = true
        records = []
        if !keepingMessages { messages = [] }
    }
}
