import AuditEvents
import CertCore
import Testing

@testable import AuditStore

@Suite("A full disk")
struct FullDiskTests {
    @Test("A commit that finds the disk full loses nothing and succeeds on the same connection when there is room")
    func retry() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let producer = try harness.producer()
        try harness.append(sequence: 1, producer)
        try harness.commit()
        _ = try harness.rows("PRAGMA max_page_count = \(try harness.value("PRAGMA page_count"))")
        for sequence in 2...3_000 {
            let url = "/only/once/\(sequence)"
            try harness.append(
                #"{"event":"rejected","seq":\#(sequence),"service":"late","req":{"url":"\#(url)"}}"#,
                producer: producer
            )
        }
        for _ in 0..<3 {
            let error = #expect(throws: StoreError.self) { try harness.commit() }
            #expect(error?.code == .diskFull)
        }
        #expect(harness.writer.pendingEvents == 2_999)
        #expect(try harness.value("SELECT count(*) FROM event") == "1", "nothing of the batch is stored")
        #expect(try harness.append(sequence: 3_000, producer) == .repeated(last: 1))
        _ = try harness.rows("PRAGMA max_page_count = 1000000")
        #expect(try harness.append(sequence: 3_001, producer) == .stored)
        #expect(try harness.commit() == [ProducerAck(producer: producer.id, sequence: 3_001)])
        #expect(try harness.value("SELECT count(*) FROM event") == "3001")
        #expect(try harness.value("SELECT count(DISTINCT path) FROM event") == "2999")
        #expect(try harness.value("SELECT count(*) FROM event JOIN str ON str.id = path") == "2999")
        #expect(try harness.value("SELECT last_seq FROM producer") == "3001")
        #expect(try harness.value("SELECT count(*) FROM loss") == "0")
        try harness.writer.flushRollups(now: harness.now)
        #expect(try harness.writer.derivedDifferences(now: harness.now) == [])
    }

    @Test("Roll-ups that find the disk full are kept and written later")
    func rollups() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for number in 0..<500 {
            let time = WriterHarness.start.milliseconds + Int64(number) * 60_000
            try harness.append(#"{"event":"authenticated","time":\#(time),"cn":"c\#(number)"}"#)
        }
        try harness.commit()
        _ = try harness.rows("PRAGMA max_page_count = \(try harness.value("PRAGMA page_count"))")
        let error = #expect(throws: StoreError.self) { try harness.writer.flushRollups(now: harness.now) }
        #expect(error?.code == .diskFull)
        #expect(try harness.value("SELECT count(*) FROM roll") == "0")
        _ = try harness.rows("PRAGMA max_page_count = 1000000")
        try harness.writer.flushRollups(now: harness.now)
        #expect(try harness.value("SELECT value FROM meta WHERE key = 'derived_upto'") == "500")
        #expect(try harness.writer.derivedDifferences(now: harness.now) == [])
    }
}
