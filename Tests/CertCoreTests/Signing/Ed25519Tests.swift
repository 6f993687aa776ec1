import CertCore
import Testing

@Suite("Ed25519 signatures")
struct Ed25519Tests {
    /// RFC 8032, section 7.1, TEST 3.
    private static let seed = "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"
    private static let publicKey = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
    private static let signature =
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"

    @Test("The published test vector comes out")
    func vector() throws {
        let key = try #require(Ed25519PrivateKey(seed: Self.bytes(Self.seed)))
        #expect(key.publicKey?.bytes == Self.bytes(Self.publicKey))
        #expect(key.signature(of: [0xaf, 0x82]) == Self.bytes(Self.signature))
        let publicKey = try #require(Ed25519PublicKey(bytes: Self.bytes(Self.publicKey)))
        #expect(publicKey.verifies(Self.bytes(Self.signature), of: [0xaf, 0x82]))
    }

    @Test("A changed message, a changed signature and another key are refused")
    func refusal() throws {
        let key = try #require(Ed25519PrivateKey.generate())
        let publicKey = try #require(key.publicKey)
        let other = try #require(Ed25519PrivateKey.generate()?.publicKey)
        var signature = try #require(key.signature(of: Array("message".utf8)))
        #expect(publicKey.verifies(signature, of: Array("message".utf8)))
        #expect(!publicKey.verifies(signature, of: Array("Message".utf8)))
        #expect(!other.verifies(signature, of: Array("message".utf8)))
        #expect(!publicKey.verifies(Array(signature.dropLast()), of: Array("message".utf8)))
        signature[5] ^= 1
        #expect(!publicKey.verifies(signature, of: Array("message".utf8)))
    }

    @Test("A key goes through PEM and back")
    func pem() throws {
        let key = try #require(Ed25519PrivateKey.generate())
        let text = try #require(key.pem)
        #expect(text.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(Ed25519PrivateKey(pem: text)?.publicKey == key.publicKey)
        let publicText = try #require(key.publicKey?.pem)
        #expect(publicText.hasPrefix("-----BEGIN PUBLIC KEY-----\n"))
        #expect(Ed25519PublicKey(pem: publicText) == key.publicKey)
        #expect(Ed25519PublicKey(pem: text) == key.publicKey)
    }

    @Test("Text that is no Ed25519 key is no key")
    func otherText() {
        #expect(Ed25519PrivateKey(pem: "") == nil)
        #expect(Ed25519PrivateKey(pem: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n") == nil)
        #expect(Ed25519PublicKey(pem: "hello") == nil)
        #expect(Ed25519PublicKey(bytes: [1, 2, 3]) == nil)
        #expect(Ed25519PrivateKey(seed: []) == nil)
    }

    @Test("The short digest is SHA-256")
    func digest() {
        #expect(SHA256Digest(of: []).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        for count in [1, 55, 56, 63, 64, 65, 119, 128, 1000] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            #expect(SHA256Digest(of: bytes).bytes == Fingerprint.sha256(of: bytes).bytes)
        }
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }
}
