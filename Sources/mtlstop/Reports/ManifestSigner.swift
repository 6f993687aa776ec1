import CertCore
import SafeText

/// Signs manifests with an Ed25519 key.
struct ManifestSigner: Sendable {
    private let key: Ed25519PrivateKey
    private let keyFile: String

    /// Reads the key; nothing is asked for, so a key with a passphrase is refused.
    ///
    /// - Throws: exit code 66 when there is no such file, 65 when it holds no such key.
    init(keyFile: String) throws {
        let text = try SmallFile.read(keyFile, atMost: 64 << 10)
        guard let key = Ed25519PrivateKey(pem: String(decoding: text, as: UTF8.self)) else {
            throw Failure(
                .badInputData,
                what: keyFile,
                why: "this is no Ed25519 private key in PEM without a passphrase",
                remedy: "make one with: openssl genpkey -algorithm ed25519 -out audit-key.pem"
            )
        }
        self.key = key
        self.keyFile = keyFile
    }

    /// The signature file: base64 of the 64 bytes, and a newline.
    func signature(of manifest: [UInt8]) throws -> [UInt8] {
        guard let signature = key.signature(of: manifest) else {
            throw Failure(.failed, what: keyFile, why: "libcrypto could not sign")
        }
        var writer = JSONWriter()
        writer.value(base64: signature)
        return Array(writer.string.dropFirst().dropLast().utf8) + [0x0A]
    }
}
