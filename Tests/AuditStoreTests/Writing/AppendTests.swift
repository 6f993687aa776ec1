import AuditEvents
import CertCore
import Testing

@testable import AuditStore

@Suite("Events become rows")
struct AppendTests {
    private static let full = """
        {"event":"rejected","seq":7,"time":"2026-11-23T13:00:00.123Z","service":"billing","source":"socket",\
        "reason":"socket_not_authorized","req":{"method":"GET","url":"/v1/x?y=1","ip":"10.0.0.1","port":51544,\
        "host":"api.example","userAgent":"curl/8"},"tls":{"authorized":false,"authorizationError":"CERT_HAS_EXPIRED",\
        "protocol":"TLSv1.3","cipher":"TLS_AES_128_GCM_SHA256","resumed":false,"servername":"sni.example"}}
        """

    @Test("Every field of the full form can be read back")
    func full() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        harness.now = Timestamp(milliseconds: 1_795_438_800_500)
        #expect(try harness.append(Self.full) == .stored)
        #expect(harness.writer.pendingEvents == 1)
        try harness.commit()
        #expect(harness.writer.pendingEvents == 0)
        #expect(
            try harness.rows("SELECT id, ts, outcome, cert, lag, port, marks FROM event")
                == [["1", "1795438800123", "1", "-", "377", "51544", "-"]]
        )
        let name = "(SELECT value FROM str WHERE id ="
        #expect(
            try harness.rows(
                """
                SELECT \(name) ip AND kind = 5), \(name) path AND kind = 4), \(name) service AND kind = 1),
                \(name) source AND kind = 2), \(name) method AND kind = 3), \(name) host AND kind = 7),
                \(name) user_agent AND kind = 8), \(name) protocol AND kind = 9), \(name) cipher AND kind = 10),
                \(name) server_name AND kind = 11), authorized, resumed, session
                FROM event JOIN context ON context.id = event.context
                """
            ) == [
                [
                    "10.0.0.1", "/v1/x?y=1", "billing", "socket", "GET", "api.example", "curl/8", "TLSv1.3",
                    "TLS_AES_128_GCM_SHA256", "sni.example", "0", "0", "1",
                ]
            ]
        )
        #expect(
            try harness.rows(
                """
                SELECT \(name) reason AND kind = 6), class, code, \(name) authorization_error AND kind = 13), verified
                FROM verdict JOIN event ON event.verdict = verdict.id
                """
            ) == [["socket_not_authorized", "\(RejectionClass.expired.id)", "10", "CERT_HAS_EXPIRED", "0"]]
        )
    }

    @Test("An event without anything is stored with the time of its arrival and the plain verdict")
    func bare() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        try harness.append(#"{"event":"authenticated"}"#)
        try harness.commit()
        let columns = "id, ts, outcome, cert, ip, path, verdict, context, lag, port, marks"
        let time = "\(WriterHarness.start.milliseconds)"
        #expect(
            try harness.rows("SELECT \(columns) FROM event")
                == [["1", time, "0", "-", "-", "-", "1", "1", "0", "-", "-"]]
        )
    }

    @Test("Port 0 and an absent port differ")
    func port() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        try harness.append(#"{"event":"authenticated","req":{"port":0}}"#)
        try harness.append(#"{"event":"authenticated","req":{}}"#)
        try harness.commit()
        #expect(try harness.rows("SELECT port FROM event ORDER BY id") == [["0"], ["-"]])
    }

    @Test(
        "Verified says what the TLS layer found",
        arguments: [
            (#""event":"authenticated","tls":{"authorized":true}"#, "1"),
            (#""event":"authenticated","source":"socket""#, "1"),
            (#""event":"authenticated","source":"nginx""#, "-"),
            (#""event":"authenticated","source":"socket","tls":{"authorized":false}"#, "0"),
            (#""event":"rejected","reason":"callback_returned_false","tls":{"authorized":true}"#, "1"),
            (#""event":"rejected","source":"socket","reason":"callback_returned_false""#, "1"),
            (#""event":"rejected","source":"envoy","reason":"callback_returned_false""#, "-"),
            (#""event":"rejected","reason":"socket_not_authorized","tls":{"authorized":false}"#, "0"),
            (#""event":"rejected","source":"socket","tls":{"authorizationError":"CERT_REVOKED"}"#, "0"),
        ]
    )
    func verified(line: String, expected: String) throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        try harness.append("{\(line)}")
        try harness.commit()
        #expect(
            try harness.value("SELECT verified FROM verdict JOIN event ON event.verdict = verdict.id") == expected
        )
    }

    @Test("A name is stored once, however often it comes and across restarts")
    func interning() throws {
        let place = try TemporaryDatabase()
        for _ in 0..<3 {
            let harness = try WriterHarness(place)
            for number in 0..<200 {
                try harness.append(
                    #"{"event":"authenticated","service":"s\#(number % 3)","req":{"url":"/p/\#(number % 50)"}}"#
                )
            }
            try harness.commit()
            try harness.writer.close(now: harness.now)
        }
        let harness = try WriterHarness(place)
        #expect(try harness.value("SELECT count(*) FROM event") == "600")
        #expect(try harness.rows("SELECT kind, count(*) FROM str GROUP BY kind") == [["1", "3"], ["4", "50"]])
        #expect(try harness.value("SELECT count(*) FROM context") == "9", "three services in each of three sessions")
        #expect(try harness.value("SELECT count(*) FROM event WHERE path IS NULL OR context IS NULL") == "0")
    }

    @Test("The same text under different kinds is two names, and an empty text is not an absent one")
    func kinds() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        try harness.append(#"{"event":"authenticated","service":"x","source":"x","req":{"url":"x","host":""}}"#)
        try harness.commit()
        #expect(
            try harness.rows("SELECT kind, value FROM str ORDER BY kind") == [
                ["1", "x"], ["2", "x"], ["4", "x"], ["7", ""],
            ]
        )
    }

    @Test("Segments hold the extremes of their events' times in the commit that holds the events")
    func segments() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for (second, now) in [(50, 100), (10, 200), (90, 300)] {
            harness.now = Timestamp(milliseconds: Int64(now) * 1_000)
            try harness.append(#"{"event":"authenticated","time":\#(second)}"#)
            try harness.commit()
        }
        #expect(
            try harness.rows("SELECT first_id, events, ts_min, ts_max, received_min, received_max FROM segment")
                == [["1", "3", "10000", "90000", "100000", "300000"]]
        )
    }
}
