/// What a server agrees to (RFC 8446 section 4.1.3).
struct ServerHello: Hashable {
    private let sessionID: [UInt8]
    private let isVersion13: Bool
    private let hasPreSharedKey: Bool
    /// IANA's number of the cipher suite.
    let cipherSuite: UInt16
    /// Whether it is no ServerHello yet, but asks for another ClientHello.
    let isRetryRequest: Bool

    private static let supportedVersions = 43
    private static let preSharedKey = 41
    /// The SHA-256 digest of `HelloRetryRequest`, which stands for the random bytes then.
    private static let retryRandom: [UInt8] = [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ]

    /// Reads a message; nil for one of another type or form.
    init?(_ message: HandshakeMessages.Message) {
        var reader = MessageReader(message.body[...])
        guard message.type == 2, reader.number(2) != nil, let random = reader.bytes(32),
            let sessionID = reader.vector(1), let cipher = reader.number(2), reader.number(1) != nil
        else { return nil }
        let extensions = reader.extensions()
        self.sessionID = Array(sessionID)
        cipherSuite = UInt16(cipher)
        isRetryRequest = random.elementsEqual(Self.retryRandom)
        isVersion13 = extensions[Self.supportedVersions].map { $0.elementsEqual([3, 4]) } ?? false
        hasPreSharedKey = extensions[Self.preSharedKey] != nil
    }

    /// Whether the session of an earlier connection goes on.
    ///
    /// In TLS 1.3 the server chooses a key that the client already had; in TLS 1.2 it sends the session's name back (RFC
    /// 5246 section 7.4.1.3; with a ticket the name that the client made up, RFC 5077 section 3.4).
    func resumes(_ client: ClientHello) -> Bool {
        isVersion13 ? hasPreSharedKey : !sessionID.isEmpty && sessionID == client.sessionID
    }
}
