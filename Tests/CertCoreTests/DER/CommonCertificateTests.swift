import TestSupport
import Testing

@testable import CertCore

@Suite("Certificates read without libcrypto")
struct CommonCertificateTests {
    /// What the two readers say, as one text to compare; nil when the reader gives nothing.
    static func description(_ content: CertificateContent?) -> String? {
        guard let content, let view = PeerCertificateView(content) else { return nil }
        var names = "absent"
        if case .list(let list) = view.alternativeNames { names = "\(list)" }
        if case .malformed = view.alternativeNames { names = "malformed" }
        var access = "absent"
        if case .list(let list) = view.informationAccess { access = "\(list.map { ($0.method, $0.location) })" }
        if case .malformed = view.informationAccess { access = "malformed" }
        return """
            \(content.version) \(content.serialNumber) \(content.isCertificateAuthority) \(content.sha256.hex)
            \(content.subject.attributes) \(content.subject.rfc2253) \(content.subject.directoryText)
            \(content.issuer.attributes) \(content.issuer.rfc2253) \(content.issuer.isReadable)
            \(content.notBefore) \(content.notAfter) \(view.notBefore) \(view.notAfter)
            \(content.subjectAlternativeNames) \(names) \(content.extendedKeyUsage ?? ["none"]) \(access)
            \(view.publicKeyInfo)
            """
    }

    /// What Node's object shows of a key, by both readers.
    static func keys(_ publicKeyInfo: [UInt8]) -> (common: String?, library: String?) {
        let common = CommonPublicKey(publicKeyInfo: publicKeyInfo).map { key in
            switch key {
            case .rsa(let key): "\(key) \(publicKeyInfo)"
            case .ellipticCurve(let key): "\(key)"
            }
        }
        let handle = PublicKeyHandle(publicKeyInfo: publicKeyInfo)
        let rsa = handle?.rsa.map { "\($0) \(handle?.publicKeyInfo ?? [])" }
        return (common, rsa ?? handle?.ellipticCurve.map { "\($0)" })
    }

    @Test("Whatever is read without libcrypto is read by libcrypto in the same way, field by field")
    func agreesWithLibrary() throws {
        var common: [String] = []
        for name in Fixtures.certificates {
            let der = try Fixtures.bytes("certificates/\(name).der")
            guard CommonCertificate(der: der) != nil else { continue }
            common.append(name)
            let quick = try CertificateContent(der: der)
            #expect(quick.common != nil)
            let thorough = try CertificateContent(byLibrary: der)
            #expect(Self.description(quick) == Self.description(thorough), "\(name)")
            let keys = Self.keys(try X509Handle(der: der).publicKeyInfo)
            if keys.common != nil { #expect(keys.common == keys.library, "\(name)") }
        }
        for usual in ["ec-p256", "rsa-2048", "ec-p384", "ec-p521", "rsa-3072", "info-access", "san-many"] {
            #expect(common.contains(usual), "\(usual) should need no libcrypto")
        }
        for odd in ["version-1", "ca", "subject-hostile", "multi-valued-rdn", "dates-bad", "san-malformed"] {
            #expect(!common.contains(odd), "\(odd) is libcrypto's business")
        }
    }

    @Test("Changed at random, certificates and keys are still read as libcrypto reads them")
    func agreesOnMutations() throws {
        let seed = SeededGenerator.seed("common certificates")
        let names = ["ec-p256", "rsa-2048", "info-access", "san-many", "repeated-attributes", "many-extensions", "ca"]
        let corpus = try names.map { try Fixtures.bytes("certificates/\($0).der") }
        var mutator = Mutator(seed: seed, words: [])
        var common = 0
        for round in 0..<Mutator.rounds(4000) {
            var der = mutator.pick(corpus)
            // One or two bytes: more of them and hardly anything is a certificate any more.
            for _ in 0...mutator.index(below: 2) {
                der[mutator.index(below: der.count)] = UInt8(mutator.index(below: 256))
            }
            let usesCommon = CommonCertificate(der: der) != nil
            guard usesCommon else { continue }
            common += 1
            let thorough = Self.description(try? CertificateContent(byLibrary: der))
            let quick = Self.description(try? CertificateContent(der: der))
            try #require(quick == thorough, "seed \(seed), round \(round)")
            let keys = Self.keys(try X509Handle(der: der).publicKeyInfo)
            if keys.common != nil { try #require(keys.common == keys.library, "seed \(seed), round \(round)") }
        }
        #expect(common > 0)
    }
}
