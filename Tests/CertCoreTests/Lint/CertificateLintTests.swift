import CertCore
import SafeText
import TestSupport
import Testing

@Suite("The lint profile for client certificates")
struct CertificateLintTests {
    private static let now = Timestamp(rfc3339: "2026-09-01T00:00:00Z") ?? Timestamp(milliseconds: 0)
    static let corpus = Fixtures.names(in: "lint", ending: ".der")

    private func certificate(_ name: String) throws -> ClientCertificate {
        try ClientCertificate(der: Fixtures.bytes("lint/\(name).der"))
    }

    private func ids(_ certificate: ClientCertificate, _ change: (inout LintContext) -> Void = { _ in }) -> [String] {
        var context = LintContext(now: Self.now)
        change(&context)
        return Set(certificate.findings(context).map { String($0.id.prefix(3)) }).sorted()
    }

    @Test(
        "A certificate that is as it should be has no findings",
        arguments: CertificateLintTests.corpus.filter { $0.hasPrefix("good.") }
    )
    func nothing(name: String) throws {
        #expect(try ids(certificate(name)) == [])
    }

    @Test(
        "One fault is found by its own check and by no other",
        arguments: CertificateLintTests.corpus.filter { $0.hasPrefix("C") }
    )
    func oneFault(name: String) throws {
        #expect(try ids(certificate(name)) == [String(name.prefix(3))])
    }

    @Test("What cannot stand alone is found too")
    func version() throws {
        #expect(try ids(certificate("version-1")).contains("C08"))
        #expect(try !ids(certificate("good.plain")).contains("C08"))
    }

    @Test("What others know of a certificate is judged when it is told")
    func context() throws {
        let good = try certificate("good.plain")
        let other = try certificate("good.rsa")
        #expect(ids(good) { $0.sameSerial = [other.sha256] } == ["C25"])
        #expect(ids(good) { $0.sameKeySubjects = ["CN=other"] } == ["C47"])
        #expect(ids(good) { $0.earlierWithSameKey = [other.sha256] } == ["C48"])
        #expect(ids(good) { $0.lastUse = Self.now } == [])
        #expect(ids(good) { $0.lastUse = good.notAfter.advanced(byMilliseconds: 1) } == ["C09"])
        #expect(ids(good) { $0.lastUse = good.notBefore.advanced(byMilliseconds: -1) } == ["C10"])
    }

    @Test("A certificate that outlives its issuer is found, whether the issuer came along or is known otherwise")
    func issuer() throws {
        let good = try certificate("good.plain")
        let ending = try certificate("C09.expired")
        #expect(ids(good) { $0.issuer = ending } == ["C14"])
        let lasting = try certificate("C13.twenty-years")
        #expect(ids(good) { $0.issuer = lasting } == [])
        var chained = try Fixtures.chain("expired-intermediate")
        #expect(ids(chained).contains("C14"))
        chained.issuers = []
        #expect(!ids(chained).contains("C14"))
    }

    @Test("At the time of use and now are two findings")
    func twoMoments() throws {
        let expired = try certificate("C09.expired")
        var context = LintContext(now: Self.now)
        context.lastUse = Self.now
        #expect(expired.findings(context).filter { $0.id == "C09_expired" }.count == 2)
    }

    @Test("Every check from C01 to C50 has a certificate or a fact that it finds, and is documented")
    func complete() throws {
        let byFact: Set = ["C08", "C14", "C25", "C47", "C48"]
        let found = Set(Self.corpus.filter { $0.hasPrefix("C") }.map { String($0.prefix(3)) }).union(byFact)
        let all = (1...50).map { $0 < 10 ? "C0\($0)" : "C\($0)" }
        #expect(found == Set(all))
        let page = try Fixtures.text("../docs/certificates.md")
        for id in all { #expect(page.contains("| `\(id)_"), "\(id)") }
    }

    @Test(
        "The page's severities, references and codes are those of the checks",
        arguments: CertificateLintTests.corpus.filter { $0.hasPrefix("C") }
    )
    func documented(name: String) throws {
        let page = try Fixtures.text("../docs/certificates.md")
        for finding in try certificate(name).findings(at: Self.now) {
            let row = try #require(
                page.split(separator: "\n").first { $0.hasPrefix("| `\(finding.id)`") },
                "\(finding.id)"
            )
            #expect(row.contains(finding.severity.rawValue), "\(finding.id)")
            for code in finding.explains { #expect(row.contains(" \(code.rawValue)"), "\(finding.id)") }
        }
    }

    @Test("Close primes are found, others are not, and odd numbers end at once")
    func fermat() throws {
        #expect(try ids(certificate("C17.close-primes")) == ["C17"])
        for name in ["rsa-2048", "rsa-3072", "rsa-1024", "rsa-padded-numbers"] {
            #expect(try !ids(Fixtures.certificate(name)).contains("C17"), "\(name)")
        }
    }

    @Test("No certificate of the corpus makes a check fail, whatever it holds", arguments: Fixtures.certificates)
    func whole(name: String) throws {
        guard let certificate = try? Fixtures.certificate(name) else { return }
        for finding in certificate.findings(at: Self.now) {
            #expect(finding.message.string.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e })
            #expect(!finding.reference.isEmpty)
        }
    }

    @Test("Changed bytes never make the checks trap")
    func mutations() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        var judged = 0
        for name in ["C50.names", "C35.together", "C17.close-primes", "good.svid"] {
            let original = try Fixtures.bytes("lint/\(name).der")
            for _ in 0..<150 {
                var bytes = original
                for _ in 0..<3 {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
                }
                guard let certificate = try? ClientCertificate(der: bytes) else { continue }
                judged += 1
                #expect(certificate.findings(at: Self.now).allSatisfy { !$0.message.isEmpty }, "seed \(seed)")
            }
        }
        #expect(judged > 0, "seed \(seed)")
    }
}
