import AuditEvents
import CertCore
import Testing

@testable import AuditStore

/// A writer fed with lines as the collector feeds it, and questions about what it stored.
final class WriterHarness {
    static let start = Timestamp(milliseconds: 1_795_438_800_000)

    let writer: AuditWriter
    let session: SessionID
    var now = WriterHarness.start
    private var scanner = LineScanner()

    // Keeps the files as long as the writer lives.
    private let place: TemporaryDatabase

    init(_ place: TemporaryDatabase, path: String? = nil, uid: UInt32 = 33) throws {
        self.place = place
        writer = try AuditWriter(path: path ?? place.path, now: Self.start)
        session = writer.beginSession(peer: PeerCredentials(pid: 4711, uid: uid, gid: 44), now: Self.start)
    }

    /// Hands a line to the writer; a line that is no event is a failure of the test.
    @discardableResult
    func append(_ line: String, producer: ProducerHandle? = nil) throws -> Appended {
        let bytes = Array(line.utf8)
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws -> Appended? in
                guard case .event(let event) = try scanner.scan(bytes) else { return nil }
                return try writer.append(event, session: session, producer: producer, received: now)
            }
        }
        return try #require(try result.get())
    }

    /// Appends a numbered event of a producer.
    @discardableResult
    func append(sequence: UInt64, _ producer: ProducerHandle) throws -> Appended {
        try append(#"{"event":"authenticated","seq":\#(sequence),"cert":{"subject":{"CN":"svc"}}}"#, producer: producer)
    }

    @discardableResult
    func commit() throws -> [ProducerAck] {
        try writer.commit(now: now)
    }

    func producer(_ uuid: String = "6b7f2a38-0000-4000-8000-000000000001") throws -> ProducerHandle {
        try writer.attachProducer(uuid: uuid, application: "checkout/1.4", session: session)
    }

    /// The rows of a query; every column as text, NULL as "-".
    func rows(_ sql: String) throws -> [[String]] {
        try writer.rows(sql)
    }

    /// The one value of a query.
    func value(_ sql: String) throws -> String {
        let rows = try writer.rows(sql)
        return try #require(rows.first?.first)
    }
}

extension AuditWriter {
    /// The rows of a query; every column as text, NULL as "-".
    func rows(_ sql: String) throws -> [[String]] {
        try connection.perform { db in
            // As somebody would who opens the file with a tool of their own.
            try db.setDefensive(false)
            defer { try? db.setDefensive(true) }
            let statement = try PreparedStatement(db, sql)
            var rows: [[String]] = []
            while try statement.next() {
                rows.append(
                    (0..<statement.columnCount).map { column in
                        statement.isNull(column)
                            ? "-" : statement.withBytes(column) { String(decoding: $0, as: UTF8.self) }
                    }
                )
            }
            return rows
        }
    }
}
