import CertCore
import SafeText
import Testing

@Suite("The object that Node shows for a certificate")
struct PeerCertificateTests {
    @Test("Every certificate of the corpus is written as Node writes it, key for key", arguments: Fixtures.described)
    func equalsNode(name: String) throws {
        var writer = JSONWriter()
        try Fixtures.certificate(name).writePeerCertificate(to: &writer)
        let ours = try OrderedJSON(writer.string)
        let node = try OrderedJSON(Fixtures.text("certificates/\(name).json"))
        #expect(ours.keys == node.keys)
        for key in node.keys {
            #expect(ours[key] == node[key], "\(key)")
        }
    }

    @Test("The corpus is there")
    func corpusIsThere() {
        #expect(Fixtures.described.count >= 90)
        #expect(Fixtures.refused.count >= 3)
    }

    @Test("What Node refuses is refused", arguments: Fixtures.refused)
    func refusesWithNode(name: String) throws {
        #expect(throws: CertificateError.self) { try Fixtures.certificate(name) }
    }

    @Test("Issuers are nested as issuerCertificate and end without a link to themselves")
    func nestsIssuers() throws {
        var leaf = try Fixtures.certificate("ec-p256")
        leaf.issuers = [try Fixtures.certificate("ca"), try Fixtures.certificate("ca-self-signed")]
        var writer = JSONWriter()
        leaf.writePeerCertificate(to: &writer)
        let object = try OrderedJSON(writer.string)
        #expect(object.keys.last == "issuerCertificate")
        let root = object["issuerCertificate"]?["issuerCertificate"]
        #expect(root?["fingerprint256"]?.string == leaf.issuers[1].sha256.colonHex)
        #expect(root?["issuerCertificate"] == nil)
    }

    @Test("Hostile names leave no control or bidirectional character in the JSON text")
    func escapesHostileNames() throws {
        for name in ["subject-hostile", "san-quoting", "subject-nul", "info-access-hostile"] {
            var writer = JSONWriter()
            try Fixtures.certificate(name).writePeerCertificate(to: &writer)
            let harmful = writer.string.unicodeScalars.filter {
                $0.value < 0x20 || (0x7f...0x9f).contains($0.value) || (0x202a...0x202e).contains($0.value)
                    || $0.value == 0x200b || (0xe0000...0xe007f).contains($0.value)
            }
            #expect(harmful.isEmpty, "\(name)")
        }
    }
}
