import AuditEvents
import TestSupport
import Testing

/// Records that somebody made to harm.
@Suite("Hostile records")
struct HostileRecordTests {
    private static let records = [
        "{\"src\":\"nginx\",\"ts\":\"1795442687.123\",\"verify\":\"FAILED:certificate has expired\",\"sdn\":\"CN=a\\\\C3,O=b\","
            + "\"serial\":\"00\",\"sha1\":\"zz\",\"pem\":\"%41%\",\"ip\":\"::1\",\"port\":\"99999\",\"uri\":\"/\\u0000\\ud800\"}",
        "{\"src\":\"haproxy\",\"used\":1,\"verify\":999999999999,\"nb\":\"26112314044\",\"na\":\"991123140447Z\",\"fe\":\"~\"}",
        "{\"src\":\"envoy\",\"failure\":\":::|||\",\"addr\":\"]:\",\"san\":\",,,\",\"pem\":\"%zz\"}",
        "{\"request\":{\"tls\":{\"client_serial\":\"99999999999999999999999999999999\",\"version\":1e9}},\"ts\":1e400}",
        "{\"msg\":\"http: TLS handshake error from x: \",\"logger\":\"a\"}",
        "2026/11/23 14:04:47 [info] 1#1: *5 client SSL certificate verify error: (99999999999:x), client: ,",
        "<134>1 2026-11-23T14:04:47Z h a p m [x y=\"\\\"]\"] {\"event\":\"rejected\"}",
    ]

    @Test("Changed at random places, no record does harm: it is an event, nothing, or an error")
    func mutations() {
        let seed = UInt64.random(in: 1...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        var scanner = RecordScanner()
        var scanned = 0
        for _ in 0..<20_000 {
            var record = Array(Self.records[Int.random(in: 0..<Self.records.count, using: &generator)].utf8)
            for _ in 0..<Int.random(in: 0...6, using: &generator) where !record.isEmpty {
                let place = Int.random(in: 0..<record.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: record[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: record.remove(at: place)
                default: record.insert(record[Int.random(in: 0..<record.count, using: &generator)], at: place)
                }
            }
            record.withUnsafeBytes { bytes in
                guard let message = try? SyslogMessage(bytes), let line = try? scanner.scan(message.payload) else {
                    return
                }
                if case .event(let event) = line {
                    for field in LineField.allCases { _ = event.text(field) }
                    scanned += 1
                }
            }
        }
        #expect(scanned > 1000, "seed \(seed)")
    }

    @Test("Texts over the limit are cut and marked; a record over the limit is refused")
    func sizes() throws {
        let long = String(repeating: "é", count: 5000)
        let event = try #require(
            try MappedRecord("{\"src\":\"nginx\",\"verify\":\"SUCCESS\",\"sdn\":\"CN=\(long)\",\"uri\":\"/\(long)\"}")
        )
        #expect(event[.url]?.utf8.count == 8191 && event.marks.contains(.cutString))
        let tooLong = "{\"src\":\"nginx\",\"uri\":\"\(String(repeating: "x", count: 262_144))\"}"
        #expect(throws: LineError.self) { try MappedRecord(tooLong) }
    }

    @Test("Invalid UTF-8 throughout a long record is repaired in bounded memory, record after record")
    func invalidBytes() throws {
        var scanner = RecordScanner()
        for size in [10, 5000, 200_000, 100, 250_000] {
            let record =
                Array("{\"src\":\"nginx\",\"verify\":\"NONE\",\"uri\":\"".utf8) + [UInt8](repeating: 0xff, count: size)
                + Array("\"}".utf8)
            let event = try #require(try MappedRecord.read(record, &scanner))
            #expect(event.marks.contains(.repairedUTF8))
            #expect(event[.url]?.unicodeScalars.allSatisfy { $0 == "\u{fffd}" } == true)
        }
    }

    @Test("A serial of any length in decimal gives no more than it is worth")
    func serials() throws {
        let digits = String(repeating: "9", count: 100_000)
        let record = "{\"request\":{\"tls\":{\"client_serial\":\"\(digits)\"}}}"
        #expect(try #require(try MappedRecord(record))[.serial] == nil)
    }
}
