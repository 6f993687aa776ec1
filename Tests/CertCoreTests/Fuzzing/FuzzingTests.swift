import SafeText
import TestSupport
import Testing

@testable import CertCore

/// `scripts/fuzz` runs these with many more rounds.
@Suite("Fuzzing")
struct FuzzingTests {
    private static let words = [
        ",", ";", "=", "\"", "\\", "%", "%0A", "%2B", ":", "::", " ", "\n", "\r\n", "\t", "\0", "+", "-", "Cert=\"",
        ";Cert=\"",
        ",Cert=\"", "Chain=\"", "Hash=", ";Hash=00;", "Subject=\"\"", "By=a;", "URI=;", "-----BEGIN CERTIFICATE-----",
        "-----END CERTIFICATE-----", "%0A-----END CERTIFICATE-----%0A", "-----BEGIN TRUSTED CERTIFICATE-----", "(null)",
        "AAAA",
        "====", "\u{e9}", "\u{202e}",
    ]

    private let leaf: ClientCertificate
    private let issuing: ClientCertificate
    private let time = Timestamp(year: 2026, month: 9, day: 1)

    init() throws {
        leaf = try Fixtures.chain("good-under-intermediate")
        issuing = try Fixtures.chain("issuing-ca")
    }

    private func seeds(_ encoding: HeaderEncoding) -> [[UInt8]] {
        let pair = [leaf, issuing]
        let texts: [String] =
            switch encoding {
            case .urlPEM, .urlPEMAWS:
                [HeaderTexts.percent(leaf.pem), HeaderTexts.percent(leaf.pem + issuing.pem, keeping: "+=/"), leaf.pem]
            case .xfcc:
                [
                    HeaderTexts.xfcc(leaf), HeaderTexts.xfcc(leaf) + "," + HeaderTexts.xfcc(issuing),
                    "Subject=\"\(leaf.subject.rfc2253)\";Chain=\"\(HeaderTexts.percent(leaf.pem + issuing.pem))\"",
                ]
            case .base64DER: [HeaderTexts.base64(leaf), pair.map(HeaderTexts.base64).joined(separator: ",")]
            case .rfc9440: [HeaderTexts.byteSequence(leaf), pair.map(HeaderTexts.byteSequence).joined(separator: ", ")]
            case .pemSpaces:
                [leaf.pem.replacing("\n", with: " "), (leaf.pem + issuing.pem).replacing("\n", with: "")]
            }
        return texts.map { Array($0.utf8) }
    }

    @Test(
        "A changed header gives the leaf that stands first in it or a named refusal, the same with a cache and without",
        arguments: HeaderEncoding.allCases
    )
    func headers(encoding: HeaderEncoding) throws {
        let seed = SeededGenerator.seed("header \(encoding.rawValue)")
        let corpus = seeds(encoding)
        var mutator = Mutator(seed: seed, words: Self.words)
        let plain = try ExtractionOptions(
            certificateHeader: "x-cert",
            headerEncoding: encoding,
            includeChain: true,
            cache: nil
        )
        let cached = try ExtractionOptions(
            certificateHeader: "x-cert",
            headerEncoding: encoding,
            includeChain: true,
            cache: CertificateCache(maximumMemory: 1 << 20)
        )
        var accepted = 0
        for round in 0..<Mutator.rounds(1000) {
            let value = String(decoding: mutator.mutated(mutator.pick(corpus), with: corpus), as: UTF8.self)
            let request = ClientCertificateRequest(headers: ["X-Cert": value])
            let result = extractClientCertificate(from: request, options: plain, at: time)
            let again = extractClientCertificate(from: request, options: cached, at: time)
            try #require(result.certificate == again.certificate && result.detail == again.detail)
            guard let found = result.certificate else {
                try #require(result.reason == .headerMissingOrMalformed, "seed \(seed), round \(round)")
                continue
            }
            accepted += 1
            let first = FirstCertificate.der(in: value, encoding)
            try #require(found.der == first, "seed \(seed), round \(round): another leaf than the first")
            let size = found.issuers.reduce(found.der.count) { $0 + $1.der.count }
            try #require(size <= value.utf8.count, "seed \(seed), round \(round): more came out than went in")
        }
        #expect(accepted > 0)
    }

    @Test("A changed certificate is itself or a named error; whatever is written about it stays small and harmless")
    func certificates() throws {
        let seed = SeededGenerator.seed("certificates")
        let corpus = try Fixtures.certificates.map { try Fixtures.bytes("certificates/\($0).der") }
        var mutator = Mutator(seed: seed, words: ["\u{0}", "\u{1}", "0", "\u{6}\u{3}U\u{4}\u{3}", "\u{1b}[2J"])
        var accepted = 0
        for round in 0..<Mutator.rounds(1000) {
            let der = mutator.mutated(mutator.pick(corpus), with: corpus)
            guard let certificate = try? ClientCertificate(der: der) else { continue }
            accepted += 1
            try #require(certificate.der == der)
            let text = certificate.peerCertificateJSON()
            // Base64 of the bytes, modulus in hexadecimal, and a name in which every byte is an escape of six.
            try #require(text.utf8.count <= 16 * der.count + 2048, "seed \(seed), round \(round)")
            try #require(!text.utf8.contains { $0 < 0x20 || $0 == 0x7F }, "seed \(seed), round \(round)")
            _ = try? certificate.details()
        }
        #expect(accepted > 0)
    }

    @Test("A changed PEM text gives its certificates in order or a named error")
    func pem() throws {
        let seed = SeededGenerator.seed("PEM")
        let corpus = [leaf.pem, leaf.pem + issuing.pem, leaf.pem.replacing("\n", with: "\r\n")].map { Array($0.utf8) }
        var mutator = Mutator(seed: seed, words: Self.words)
        for round in 0..<Mutator.rounds(1000) {
            let text = String(decoding: mutator.mutated(mutator.pick(corpus), with: corpus), as: UTF8.self)
            do {
                let found = try ClientCertificate.chain(pem: text)
                let size = found.reduce(0) { $0 + $1.der.count }
                try #require(!found.isEmpty && found.count <= ClientCertificate.maximumChain && size <= text.utf8.count)
            } catch let error as CertificateError {
                try #require(!error.message.isEmpty && error.message.utf8.count < 200, "seed \(seed), round \(round)")
            }
        }
    }

    @Test("Random headers under random presets: a certificate only from a header that stands alone")
    func requests() throws {
        let seed = SeededGenerator.seed("requests")
        let values = HeaderEncoding.allCases.flatMap { seeds($0) }
        var mutator = Mutator(seed: seed, words: Self.words)
        for round in 0..<Mutator.rounds(1000) {
            let source = mutator.pick(CertificateSource.all)
            var headers = HeaderFields()
            for _ in 0..<mutator.index(below: 6) {
                let known = [source.header, source.chainHeader ?? "x-chain"] + source.verdicts.map(\.header)
                var name = mutator.pick(known)
                if mutator.index(below: 6) == 0 { name = name.replacing("-", with: "_") }
                if mutator.index(below: 3) == 0 { name = name.uppercased() }
                let verdict = source.verdicts.first { $0.header == name }?.value
                let value = mutator.mutated(mutator.pick(values), with: values)
                headers.append(name: name, value: verdict ?? String(decoding: value, as: UTF8.self))
            }
            let request = ClientCertificateRequest(
                headers: headers,
                socket: mutator.index(below: 3) == 0 ? SocketIdentity(authorized: true) : nil
            )
            let options = try ExtractionOptions(
                certificateSource: source,
                fallbackToSocket: mutator.index(below: 3) == 0,
                xfccElement: mutator.pick([.first, .last, .fromRight(2)])
            )
            let result = extractClientCertificate(from: request, options: options, at: time)
            try #require(result.success == (result.certificate != nil) && result.success == (result.reason == nil))
            let lines = headers.fields.count { ASCII.sameName($0.name, source.header, foldingUnderscores: true) }
            if result.success { try #require(lines == 1, "seed \(seed), round \(round)") }
        }
    }
}
