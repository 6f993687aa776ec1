/// What a client asks for (RFC 8446 section 4.1.2).
struct ClientHello: Hashable {
    /// The session that it wants to go on with, in TLS 1.2 and before; otherwise any bytes.
    let sessionID: [UInt8]
    /// The host that it wants to reach (RFC 6066 section 3), as it was sent: it may hold anything.
    let serverName: String?

    /// Reads a message; nil for one of another type or form.
    init?(_ message: HandshakeMessages.Message) {
        var reader = MessageReader(message.body[...])
        guard message.type == 1, reader.bytes(2 + 32) != nil, let sessionID = reader.vector(1),
            reader.vector(2) != nil, reader.vector(1) != nil
        else { return nil }
        self.sessionID = Array(sessionID)
        serverName = reader.extensions()[0].flatMap(Self.hostName)
    }

    private static func hostName(_ content: ArraySlice<UInt8>) -> String? {
        var list = MessageReader(content)
        guard let names = list.vector(2) else { return nil }
        var reader = MessageReader(names)
        while !reader.isAtEnd, let type = reader.number(1), let name = reader.vector(2) {
            // A DNS name has no more than 255 bytes.
            if type == 0 { return (1...255).contains(name.count) ? String(decoding: name, as: UTF8.self) : nil }
        }
        return nil
    }
}
