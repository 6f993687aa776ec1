import AuditStore
import CertCore
import Glibc
import Testing

@Suite("Certificates that have something in common")
struct CertificateKinTests {
    private static let now = Timestamp(rfc3339: "2026-09-01T00:00:00Z") ?? Timestamp(milliseconds: 0)

    private func fixture(_ path: String) throws -> ClientCertificate {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let file = try #require(fopen("/\(root)/fixtures/\(path)", "rb"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        if path.hasSuffix(".pem") {
            return try ClientCertificate(pem: String(decoding: bytes[..<count], as: UTF8.self))
        }
        return try ClientCertificate(der: Array(bytes[..<count]))
    }

    private func kin(of path: String, among others: [String]) throws -> CertificateKin {
        let database = try LineDatabase(now: Self.now)
        for other in others {
            let pem = try fixture(other).pem.replacing("\n", with: "\\n")
            try database.add("authenticated", at: Self.now, "\"cert\":{\"pem\":\"\(pem)\"}")
        }
        return try AuditReader(path: database.path).kin(of: fixture(path))
    }

    @Test("A number that another certificate of the issuer has, and keys of others, are found")
    func found() throws {
        let good = "lint/good.plain.der"
        let kin = try kin(
            of: good,
            among: [good, "lint/C09.expired.der", "lint/C30.bidi.der", "lint/good.ed25519.der", "chains/good.pem"]
        )
        let same = ["C09.expired", "C30.bidi", "good.ed25519"]
        #expect(try Set(kin.sameSerial) == Set(same.map { try fixture("lint/\($0).der").sha256 }))
        #expect(try kin.earlierWithSameKey == [fixture("lint/C09.expired.der").sha256])
        #expect(try kin.sameKeySubjects == [fixture("lint/C30.bidi.der").subject.rfc2253])
        #expect(kin.issuer == nil)
    }

    @Test("A certificate alone has nothing in common with itself")
    func alone() throws {
        #expect(try kin(of: "lint/good.plain.der", among: ["lint/good.plain.der"]) == CertificateKin())
    }

    @Test("The issuer is found by name and key, and another CA of the same name is not taken for it")
    func issuer() throws {
        let kin = try kin(
            of: "chains/good.pem",
            among: ["chains/twin-root.pem", "chains/root.pem", "chains/stranger-root.pem"]
        )
        #expect(try kin.issuer == fixture("chains/root.pem"))
        #expect(try self.kin(of: "chains/good.pem", among: ["chains/twin-root.pem"]).issuer == nil)
    }
}
