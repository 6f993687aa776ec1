import AuditEvents
import CertCore
import Testing

@testable import AuditStore

@Suite("Exactly once, by sequence number")
struct SequenceTests {
    @Test("A producer goes on where its last commit ended, in this run and the next")
    func goesOn() throws {
        let place = try TemporaryDatabase()
        do {
            let harness = try WriterHarness(place)
            let producer = try harness.producer()
            #expect(producer.lastSequence == 0)
            for sequence in 1...5 { try harness.append(sequence: UInt64(sequence), producer) }
            #expect(try harness.commit() == [ProducerAck(producer: producer.id, sequence: 5)])
            #expect(try harness.producer().lastSequence == 5)
            try harness.writer.close(now: harness.now)
        }
        let harness = try WriterHarness(place)
        let producer = try harness.producer()
        #expect(producer.lastSequence == 5)
        #expect(try harness.append(sequence: 5, producer) == .repeated(last: 5))
        #expect(try harness.append(sequence: 6, producer) == .stored)
        #expect(try harness.commit() == [ProducerAck(producer: producer.id, sequence: 6)])
        #expect(try harness.value("SELECT count(*) FROM event") == "6")
        #expect(try harness.rows("SELECT last_seq, lost, repeated FROM producer") == [["6", "0", "1"]])
        #expect(try harness.value("SELECT value FROM str JOIN producer ON str.id = application") == "checkout/1.4")
    }

    @Test("A repeat is answered with what is durable, not with what only waits for its commit")
    func repeatBeforeCommit() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let producer = try harness.producer()
        try harness.append(sequence: 1, producer)
        #expect(try harness.append(sequence: 1, producer) == .repeated(last: 0))
        #expect(try harness.commit() == [ProducerAck(producer: producer.id, sequence: 1)])
        #expect(try harness.value("SELECT count(*) FROM event") == "1")
    }

    @Test("Resending everything after a crash stores each event once")
    func crash() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let producer = try harness.producer()
        for sequence in 1...40 { try harness.append(sequence: UInt64(sequence), producer) }
        try harness.commit()
        for sequence in 41...60 { try harness.append(sequence: UInt64(sequence), producer) }
        let copy = try place.copyAsAfterCrash()
        let survivor = try WriterHarness(copy)
        let again = try survivor.producer()
        #expect(again.lastSequence == 40)
        for sequence in 1...60 { try survivor.append(sequence: UInt64(sequence), again) }
        try survivor.commit()
        #expect(try survivor.value("SELECT count(*) FROM event") == "60")
        #expect(try survivor.value("SELECT count(*) FROM loss") == "0")
        #expect(try survivor.value("SELECT count(*) FROM session WHERE ended IS NOT NULL") == "1")
    }

    @Test("Wherever a crash cuts the log, events and sequence number agree, and a resend completes them")
    func cutLog() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomTraffic(seed: seed)
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let producer = try harness.producer()
        for sequence in 1...200 {
            try harness.append(sequence: UInt64(sequence), producer)
            if random.chance(10) { try harness.commit() }
            if random.chance(40) { try harness.writer.flushRollups(now: harness.now) }
        }
        try harness.commit()
        let whole = try #require(TestFile.bytes(place.path + "-wal")).count
        for _ in 0..<25 {
            let length = Int(random.number(UInt64(whole)))
            let survivor = try WriterHarness(try place.copyAsAfterCrash(logBytes: length))
            let again = try survivor.producer()
            #expect(try survivor.value("SELECT count(*) FROM event") == "\(again.lastSequence)", "seed \(seed)")
            #expect(try survivor.writer.derivedDifferences(now: survivor.now) == [], "seed \(seed)")
            for sequence in 1...200 { try survivor.append(sequence: UInt64(sequence), again) }
            try survivor.commit()
            #expect(try survivor.value("SELECT count(*) FROM event") == "200", "seed \(seed)")
            #expect(try survivor.value("SELECT count(*) FROM loss") == "0", "seed \(seed)")
        }
    }

    @Test("A jump is accepted and stored as a loss with its bounds")
    func gap() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let producer = try harness.producer()
        try harness.append(sequence: 1, producer)
        #expect(try harness.append(sequence: 10, producer) == .stored)
        try harness.commit()
        #expect(
            try harness.rows("SELECT kind, n, first_seq, last_seq, session, producer FROM loss")
                == [["gap", "8", "2", "9", "1", "\(producer.id)"]]
        )
        #expect(try harness.value("SELECT lost FROM producer") == "8")
    }

    @Test("The greatest sequence number is stored without overflow")
    func greatest() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let producer = try harness.producer()
        try harness.append(sequence: UInt64(Int64.max), producer)
        harness.writer.appendLoss(kind: .drop, count: .max, since: nil, session: harness.session, now: harness.now)
        try harness.commit()
        #expect(try harness.value("SELECT last_seq FROM producer") == "\(Int64.max)")
        #expect(try harness.value("SELECT lost FROM producer") == "\(Int64.max)")
    }

    @Test("Two users may have producers of one name")
    func users() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let mine = try harness.producer()
        let peer = PeerCredentials(pid: 1, uid: 99, gid: 99)
        let session = harness.writer.beginSession(peer: peer, now: harness.now)
        let theirs = try harness.writer.attachProducer(
            uuid: "6b7f2a38-0000-4000-8000-000000000001",
            application: nil,
            session: session
        )
        #expect(mine.id != theirs.id)
        try harness.append(sequence: 1, mine)
        try harness.commit()
        #expect(try harness.rows("SELECT uid, last_seq FROM producer ORDER BY uid") == [["33", "1"], ["99", "0"]])
    }

    @Test("Without a producer a sequence number means nothing")
    func bareMode() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for _ in 0..<3 { #expect(try harness.append(#"{"event":"authenticated","seq":1}"#) == .stored) }
        #expect(try harness.commit().isEmpty)
        #expect(try harness.value("SELECT count(*) FROM event") == "3")
    }

    @Test("A producer that reattaches in one batch goes on behind its own waiting events")
    func reattach() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let first = try harness.producer()
        try harness.append(sequence: 1, first)
        let session = harness.writer.beginSession(peer: PeerCredentials(pid: 2, uid: 33, gid: 44), now: harness.now)
        let second = try harness.writer.attachProducer(
            uuid: "6b7f2a38-0000-4000-8000-000000000001",
            application: nil,
            session: session
        )
        harness.writer.endSession(harness.session, now: harness.now)
        #expect(second.id == first.id)
        #expect(try harness.append(sequence: 1, second) == .repeated(last: 0))
        #expect(try harness.append(sequence: 2, second) == .stored)
        #expect(try harness.commit() == [ProducerAck(producer: first.id, sequence: 2)])
    }

    @Test("Memory holds no producer and no session that is gone")
    func forgetting() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for number in 0..<100 {
            let session = harness.writer.beginSession(peer: PeerCredentials(pid: 2, uid: 33, gid: 44), now: harness.now)
            _ = try harness.writer.attachProducer(uuid: "producer-\(number)", application: nil, session: session)
            harness.writer.endSession(session, now: harness.now)
        }
        try harness.commit()
        #expect(harness.writer.producers.isEmpty && harness.writer.producerIDs.isEmpty)
        #expect(harness.writer.sessions.count == 1)
        #expect(try harness.value("SELECT count(*) FROM producer") == "100")
        #expect(try harness.value("SELECT count(*) FROM session WHERE ended IS NULL") == "1")
    }
}
