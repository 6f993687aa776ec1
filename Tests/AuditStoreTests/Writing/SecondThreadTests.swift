import AuditEvents
import CertCore
import Dispatch
import Testing

@testable import AuditStore

@Suite("A batch that is written while the next one grows")
struct SecondThreadTests {
    private static func line(_ sequence: UInt64) -> String {
        // Names and certificates come back in later batches, new ones come in every batch.
        let name = sequence % 701
        let path = sequence % 3 == 0 ? "/only/\(sequence)" : "/often/\(sequence % 11)"
        let event = sequence % 7 == 0 ? "rejected" : "authenticated"
        return
            #"{"event":"\#(event)","seq":\#(sequence),"cn":"svc-\#(name)","path":"\#(path)","ip":"192.0.2.\#(sequence % 200)"}"#
    }

    @Test("Every event is stored once, acknowledged when it is durable, and the ledger holds")
    func overlap() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let producer = try harness.producer()
        let (last, batch): (UInt64, UInt64) = (6_000, 250)
        var durable: UInt64 = 0
        for sequence in 1...last {
            #expect(try harness.append(Self.line(sequence), producer: producer) == .stored)
            guard sequence % batch == 0 else { continue }
            // The batch before this one is waited for; while this one is written the next is appended.
            if let acks = try harness.writer.finishedCommit(waits: true) {
                #expect(acks == [ProducerAck(producer: producer.id, sequence: sequence - batch)])
                durable = sequence - batch
            }
            harness.writer.beginCommit(now: harness.now) {}
            #expect(harness.writer.isCommitting)
            #expect(try harness.append(Self.line(sequence), producer: producer) == .repeated(last: durable))
        }
        // What is left comes with the commit that waits.
        #expect(try harness.commit() == [ProducerAck(producer: producer.id, sequence: last)])
        #expect(try harness.value("SELECT count(*) FROM event") == "\(last)")
        #expect(try harness.value("SELECT count(DISTINCT event.id) FROM event JOIN str ON str.id = path") == "\(last)")
        #expect(try harness.value("SELECT count(*) FROM str WHERE kind = 4") == "\(last / 3 + 11)")
        #expect(try harness.value("SELECT count(*) FROM cert") == "701")
        #expect(try harness.value("SELECT last_seq || ' ' || repeated FROM producer") == "\(last) \(last / batch)")
        #expect(try harness.value("SELECT events FROM session") == "\(last)")
        try harness.writer.flushRollups(now: harness.now)
        #expect(try harness.writer.derivedDifferences(now: harness.now) == [])
        try harness.writer.close(now: harness.now)
        #expect(try LedgerVerifier(path: place.path).run().findings.isEmpty)
    }

    @Test("It says on the other thread when it is done")
    func wake() throws {
        let harness = try WriterHarness(try TemporaryDatabase())
        let woken = DispatchSemaphore(value: 0)
        #expect(try harness.writer.finishedCommit(waits: true) == nil)
        try harness.append(#"{"event":"authenticated"}"#)
        harness.writer.beginCommit(now: harness.now) { woken.signal() }
        #expect(woken.wait(timeout: .now() + 10) == .success)
        #expect(try harness.writer.finishedCommit(waits: false) == [])
        #expect(!harness.writer.isCommitting && !harness.writer.hasPendingWork)
    }

    @Test("One that finds the disk full stays in memory, and is stored before what came after it")
    func fullDisk() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let producer = try harness.producer()
        for sequence: UInt64 in 1...10 { try harness.append(Self.line(sequence), producer: producer) }
        try harness.commit()
        _ = try harness.rows("PRAGMA max_page_count = \(try harness.value("PRAGMA page_count"))")
        for sequence: UInt64 in 11...3_000 { try harness.append(Self.line(sequence), producer: producer) }
        harness.writer.beginCommit(now: harness.now) {}
        for sequence: UInt64 in 3_001...3_500 { try harness.append(Self.line(sequence), producer: producer) }
        let error = #expect(throws: StoreError.self) { try harness.writer.finishedCommit(waits: true) }
        #expect(error?.code == .diskFull)
        #expect(harness.writer.pendingEvents == 3_490)
        #expect(throws: StoreError.self) { try harness.commit() }
        #expect(try harness.append(Self.line(20), producer: producer) == .repeated(last: 10))
        _ = try harness.rows("PRAGMA max_page_count = 1000000")
        #expect(try harness.commit() == [ProducerAck(producer: producer.id, sequence: 3_500)])
        #expect(try harness.value("SELECT count(*) FROM event") == "3500")
        #expect(try harness.value("SELECT count(*) FROM str WHERE kind = 4 AND value = '/only/3000'") == "1")
        #expect(try harness.value("SELECT count(*) FROM loss") == "0")
        try harness.writer.close(now: harness.now)
        #expect(try LedgerVerifier(path: place.path).run().findings.isEmpty)
    }

    @Test("A writer that goes away while its batch is written lets nobody else write before")
    func goingAway() throws {
        let place = try TemporaryDatabase()
        do {
            let harness = try WriterHarness(place)
            for sequence: UInt64 in 1...5_000 { try harness.append(Self.line(sequence)) }
            harness.writer.beginCommit(now: harness.now) {}
        }
        let next = try WriterHarness(place)
        #expect(try next.value("SELECT count(*) FROM event") == "5000")
        #expect(try next.writer.derivedDifferences(now: next.now) == [])
    }

    @Test("A name of the batch under way is found again after the cache forgot it")
    func lookupMeanwhile() throws {
        let place = try TemporaryDatabase()
        do {
            let harness = try WriterHarness(place)
            try harness.append(#"{"event":"authenticated","cn":"old","path":"/old"}"#)
            try harness.commit()
        }
        let harness = try WriterHarness(place)
        for sequence: UInt64 in 1...2_000 { try harness.append(Self.line(sequence)) }
        harness.writer.beginCommit(now: harness.now) {}
        // Asked of the database, which is busy with the batch.
        try harness.append(#"{"event":"authenticated","cn":"old","path":"/old"}"#)
        try harness.append(Self.line(3))
        try harness.commit()
        #expect(try harness.value("SELECT count(*) FROM str WHERE value = '/old'") == "1")
        #expect(try harness.value("SELECT count(*) FROM str WHERE value = '/only/3'") == "1")
        #expect(try harness.value("SELECT count(*) FROM cert WHERE cn = 'old'") == "1")
        #expect(try harness.value("SELECT count(*) FROM event") == "2003")
    }
}
