import TestSupport
import Testing

@testable import HummingbirdClientCertificateAuth

@Suite("Hello messages of a handshake")
struct HandshakeTests {
    private static func vector(_ size: Int, _ bytes: [UInt8]) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * (size - 1 - $0))) } + bytes
    }

    private static func message(_ type: UInt8, _ body: [UInt8]) -> [UInt8] { [type] + vector(3, body) }

    /// Records of so many bytes each that carry a message.
    private static func records(_ message: [UInt8], of size: Int) -> [UInt8] {
        stride(from: 0, to: message.count, by: size).flatMap { start in
            [22, 3, 1] + vector(2, Array(message[start..<min(start + size, message.count)]))
        }
    }

    private static let session: [UInt8] = [1, 2, 3, 4]

    private static func clientHello(host: [UInt8]) -> [UInt8] {
        let name = vector(2, [0, 0] + vector(2, vector(2, [0] + vector(2, host))))
        return message(
            1,
            [3, 3] + Array(repeating: 7, count: 32) + vector(1, session) + vector(2, [0x13, 1]) + [1, 0] + name
        )
    }

    private static func serverHello(random: [UInt8]? = nil, session: [UInt8], extensions: [UInt8]) -> [UInt8] {
        let bytes = random ?? Array(repeating: 9, count: 32)
        return message(2, [3, 3] + bytes + vector(1, session) + [0x13, 0x02, 0] + vector(2, extensions))
    }

    private static func read(_ bytes: [UInt8], pieces: Int) -> HandshakeMessages.Message? {
        var messages = HandshakeMessages()
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            messages.append(bytes[start..<min(start + pieces, bytes.count)])
        }
        return messages.next()
    }

    @Test("The server name is read, however the message is cut into records and packets")
    func serverName() throws {
        let hello = Self.clientHello(host: Array("api.example".utf8))
        for size in [1, 7, 50, 16_384] {
            for pieces in [1, 3, 64, 4096] {
                let message = try #require(Self.read(Self.records(hello, of: size), pieces: pieces))
                #expect(ClientHello(message)?.serverName == "api.example", "\(size) \(pieces)")
            }
        }
    }

    @Test("A name longer than DNS allows is none")
    func longName() throws {
        let message = try #require(
            Self.read(Self.records(Self.clientHello(host: Array(repeating: 97, count: 256)), of: 4096), pieces: 4096)
        )
        #expect(try #require(ClientHello(message)).serverName == nil)
    }

    @Test("A session is resumed when TLS 1.3 chooses a key, or TLS 1.2 gives the session's name back")
    func resumption() throws {
        let version13: [UInt8] = [0, 43, 0, 2, 3, 4]
        let key: [UInt8] = [0, 41, 0, 2, 0, 0]
        let client = try #require(
            Self.read(Self.records(Self.clientHello(host: [97]), of: 4096), pieces: 4096).flatMap(ClientHello.init)
        )
        let cases: [(session: [UInt8], extensions: [UInt8], resumed: Bool)] = [
            (Self.session, version13, false), (Self.session, version13 + key, true), (Self.session, [], true),
            ([], [], false), ([9], [], false),
        ]
        for item in cases {
            let bytes = Self.serverHello(session: item.session, extensions: item.extensions)
            let message = try #require(Self.read(Self.records(bytes, of: 4096), pieces: 10))
            let server = try #require(ServerHello(message))
            #expect(server.resumes(client) == item.resumed, "\(item)")
            #expect(CipherSuiteName.name(of: server.cipherSuite) == "TLS_AES_256_GCM_SHA384")
            #expect(!server.isRetryRequest)
        }
    }

    @Test("What is no handshake, too much of it, or random bytes give nothing and keep little")
    func hostile() {
        var plain = HandshakeMessages()
        plain.append(Array("GET / HTTP/1.1\r\n\r\n".utf8))
        #expect(plain.isClosed && plain.next() == nil)
        var endless = HandshakeMessages()
        for _ in 0..<100 {
            endless.append([22, 3, 3] + Self.vector(2, [1, 0xFF, 0xFF, 0xFF] + Array(repeating: 0, count: 2000)))
        }
        #expect(endless.isClosed && endless.next() == nil)

        var random = SeededGenerator("hello messages")
        let hello = Self.clientHello(host: Array("api.example".utf8))
        for _ in 0..<3000 {
            var bytes = hello
            for _ in 0...3 {
                bytes[Int.random(in: 4..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            let message = Self.read(Self.records(bytes, of: 40), pieces: 33)
            let name = message.flatMap(ClientHello.init)?.serverName ?? ""
            #expect(name.unicodeScalars.count <= 255)
            _ = message.flatMap { ServerHello(.init(type: 2, body: $0.body)) }
        }
    }
}
