import AuditEvents
import CertCore
import Testing

@testable import AuditStore

@Suite("What went wrong is stored")
struct EvidenceTests {
    @Test("A bad line keeps its start, its length, its reason and its sender")
    func badLine() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let producer = try harness.producer()
        let line = Array(#"{"seq":1,"event":"maybe","#.utf8) + Array(repeating: UInt8(ascii: "x"), count: 1_000)
        let error = LineError(code: .unknownEvent, column: 10, message: "no such event", sequence: 1)
        let result = refuse(harness, line, error, producer)
        #expect(result == .stored)
        #expect(try harness.commit() == [ProducerAck(producer: producer.id, sequence: 1)])
        #expect(
            try harness.rows("SELECT session, producer, seq, line, code, at, length, length(head) FROM bad_line")
                == [["1", "\(producer.id)", "1", "12", "unknown_event", "10", "\(line.count)", "256"]]
        )
        #expect(try harness.rows("SELECT events, bad_lines FROM session") == [["0", "1"]])
    }

    @Test("A poison line does not come back: it consumes its sequence number")
    func consumes() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let producer = try harness.producer()
        let error = LineError(code: .wrongType, message: "wrong", sequence: 3)
        #expect(refuse(harness, [1, 2], error, producer) == .stored)
        #expect(refuse(harness, [1, 2], error, producer) == .repeated(last: 0))
        #expect(try harness.append(sequence: 3, producer) == .repeated(last: 0))
        try harness.commit()
        #expect(try harness.value("SELECT count(*) FROM bad_line") == "1")
        #expect(try harness.rows("SELECT n, first_seq, last_seq FROM loss") == [["2", "1", "2"]])
    }

    @Test("Events that a client dropped are a loss of its producer")
    func drop() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let producer = try harness.producer()
        let since = Timestamp(milliseconds: 1_000)
        harness.writer.appendLoss(kind: .drop, count: 42, since: since, session: harness.session, now: harness.now)
        try harness.commit()
        #expect(
            try harness.rows("SELECT time, session, producer, kind, n, since FROM loss")
                == [["\(harness.now.milliseconds)", "1", "\(producer.id)", "drop", "42", "1000"]]
        )
        #expect(try harness.value("SELECT lost FROM producer") == "42")
    }

    @Test("Bad lines are no events: a batch of them alone is durable too")
    func alone() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        refuse(harness, [0xff, 0x00], LineError(code: .nulByte, message: "NUL"), nil)
        try harness.commit()
        let survivor = try WriterHarness(try place.copyAsAfterCrash())
        #expect(try survivor.rows("SELECT code, hex(head), producer FROM bad_line") == [["nul_byte", "FF00", "-"]])
    }

    @discardableResult
    private func refuse(
        _ harness: WriterHarness,
        _ line: [UInt8],
        _ error: LineError,
        _ producer: ProducerHandle?
    ) -> Appended {
        line.withUnsafeBytes { head in
            harness.writer.appendBadLine(
                head: head,
                length: line.count,
                error: error,
                line: 12,
                session: harness.session,
                producer: producer,
                now: harness.now
            )
        }
    }
}
