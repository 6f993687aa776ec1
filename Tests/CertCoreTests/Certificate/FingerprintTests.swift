import CertCore
import Testing

@Suite("Fingerprints")
struct FingerprintTests {
    @Test("Digests are those of libcrypto")
    func digests() {
        let text = Array("abc".utf8)
        #expect(Fingerprint.sha1(of: text).hex == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(
            Fingerprint.sha256(of: text).hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(Fingerprint.sha512(of: text).hex.hasPrefix("ddaf35a193617abacc417349ae204131"))
        #expect(Fingerprint.sha1(of: []).colonHex.hasPrefix("DA:39:A3:EE"))
    }

    @Test("Case, colons and a fitting prefix do not matter")
    func reads() {
        let plain = Fingerprint.sha256(of: [1])
        for text in [plain.hex, plain.colonHex, "SHA256:" + plain.hex, "sha-256:" + plain.colonHex] {
            #expect(Fingerprint(parsing: text) == plain)
        }
        let short = Fingerprint.sha1(of: [1])
        #expect(Fingerprint(parsing: "SHA1:" + short.hex) == short)
        #expect(Fingerprint(parsing: Fingerprint.sha512(of: [1]).colonHex) == Fingerprint.sha512(of: [1]))
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", ":", "SHA256:", String(repeating: "a", count: 39), String(repeating: "g", count: 40),
            String(repeating: "aa:", count: 20), "SHA256:" + String(repeating: "a", count: 40),
            "SHA1:" + String(repeating: "a", count: 64), String(repeating: "a", count: 100_000),
            "aa:" + String(repeating: "a", count: 38), String(repeating: "a:", count: 40),
        ]
    )
    func refuses(text: String) {
        #expect(Fingerprint(parsing: text) == nil)
    }
}
