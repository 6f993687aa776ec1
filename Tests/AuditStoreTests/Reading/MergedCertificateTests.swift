import AuditEvents
import AuditStore
import CertCore
import Glibc
import Testing

@Suite("A certificate known first by its SHA-1 and then seen whole")
struct MergedCertificateTests {
    private let start = Timestamp(milliseconds: 1_795_438_800_000)

    @Test("Both rows count as one certificate in lists, filters, rejections and records")
    func merged() throws {
        let der = try Self.fixture("ec-p256.der")
        let certificate = try ClientCertificate(der: der)
        let database = try LineDatabase(now: start)
        let claim = #""fingerprint":"\#(certificate.sha1.colonHex)","cn":"claimed""#
        try database.add("authenticated", at: start, claim)
        try database.add("rejected", at: start.advanced(byMilliseconds: 1000), claim, #""reason":"no""#)
        try database.flush()
        let whole = #""cert":{"raw":"\#(Self.base64(der))"}"#
        try database.add("authenticated", at: start.advanced(byMilliseconds: 2000), whole)
        let reader = try AuditReader(path: database.path)
        let usages = try reader.certificates()
        let usage = try #require(usages.first)
        #expect(usages.count == 1 && usage.accepted == 2 && usage.rejected == 1)
        #expect(usage.certificate.sha256 == certificate.sha256 && usage.lastOutcome == .authenticated)
        let rows = try reader.events(EventQuery()).rows
        #expect(Set(rows.map { $0.certificate?.sha256 }) == [certificate.sha256])
        for text in ["fp:\(certificate.sha256.hex)", "fp:\(certificate.sha1.hex)"] {
            let filter = try AuditFilter(parsing: text, now: start)
            #expect(try reader.events(EventQuery(filter: filter)).rows.count == 3, "\(text)")
            #expect(try reader.certificates(CertificateQuery(filter: filter)).count == 1)
        }
        let party = try #require(try reader.rejectedParties().first)
        #expect(party.certificate?.id == usage.id && party.count == 1 && party.accepted == 2)
        let record = try #require(try reader.certificate(matching: certificate.sha1.hex))
        #expect(record.der == der && record.lastRejection?.id == 2 && record.sampledEvents == 3)
    }

    private static func fixture(_ name: String, file: String = #filePath) throws -> [UInt8] {
        let root = "/" + file.split(separator: "/").dropLast(4).joined(separator: "/")
        let descriptor = open("\(root)/fixtures/certificates/\(name)", O_RDONLY | O_CLOEXEC)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, count)))
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let padded = Array(group) + Array(repeating: 0, count: 3 - group.count)
            let value = Int(padded[0]) << 16 | Int(padded[1]) << 8 | Int(padded[2])
            for place in 0..<4 {
                result.append(place <= group.count ? digits[value >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
