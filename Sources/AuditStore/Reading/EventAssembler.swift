import AuditEvents
import CertCore
import GRDB

/// Makes rows for people out of rows of integers; each name is looked up once per snapshot.
///
/// Confined to the snapshot it was made in.
final class EventAssembler {
    /// The columns of `event e` in the order ``row(_:)`` reads them.
    static let columns = """
        e.id, e.ts, e.outcome, e.cert, e.ip, e.path, e.verdict, e.context, e.lag, e.port, e.marks
        """

    private let db: Database
    private let names: EventNames

    /// Looks up in one snapshot; `names` may know some already.
    init(_ db: Database, names: EventNames = EventNames()) {
        self.db = db
        self.names = names
    }

    /// The whole event of a row with ``columns``.
    func row(_ row: Row) throws -> EventRow {
        try self.row(
            NarrowEvent(
                id: row[0],
                time: row[1],
                outcome: row[2],
                certificate: row[3] ?? 0,
                address: row[4] ?? 0,
                path: row[5] ?? 0,
                verdict: row[6],
                context: row[7],
                lag: row[8],
                port: row[9] ?? -1,
                marks: row[10] ?? 0
            )
        )
    }

    /// The whole event of a row of integers.
    func row(_ event: NarrowEvent) throws -> EventRow {
        EventRow(
            event,
            verdict: try verdict(event.verdict),
            context: try context(event.context),
            path: event.path == 0 ? nil : try name(event.path),
            ip: event.address == 0 ? nil : try name(event.address),
            certificate: event.certificate == 0 ? nil : try certificate(event.certificate)
        )
    }

    /// The text of an interned name.
    func name(_ id: Int64?) throws -> String? {
        guard let id else { return nil }
        if let known = names.texts[id] { return known }
        let statement = try db.cachedStatement(sql: "SELECT value FROM str WHERE id = ?")
        let text = try String.fetchOne(statement, arguments: [id])
        names.keep(text, id)
        return text
    }

    /// A certificate by its row; a row that turned out to be another certificate shows that one.
    func summary(_ id: Int64) throws -> CertificateSummary {
        try certificate(id).summary
    }
}

// MARK: Tuples

extension EventAssembler {
    /// What an event's verdict says.
    struct Verdict {
        var isRejected = false
        var reason: String?
        var rejectionClass: RejectionClass?
        var code: VerificationCode?
        var authorizationError: String?
        var verified: Bool?
    }

    /// A context by its row.
    func context(_ id: Int64) throws -> EventContext {
        if let known = names.contexts[id] { return known }
        let statement = try db.cachedStatement(
            sql: """
                SELECT session, service, source, method, host, user_agent, protocol, cipher, server_name, resumed
                FROM context WHERE id = ?
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [id]) else {
            return EventContext(reporter: Reporter(session: 0))
        }
        let context = EventContext(
            id: id,
            service: try name(row[1]),
            source: try name(row[2]),
            method: try name(row[3]),
            host: try name(row[4]),
            userAgent: try name(row[5]),
            tlsProtocol: try name(row[6]),
            cipher: try name(row[7]),
            serverName: try name(row[8]),
            resumed: row[9],
            reporter: try reporter(row[0])
        )
        names.keep(context, id)
        return context
    }

    /// A verdict by its row.
    func verdict(_ id: Int64) throws -> Verdict {
        if let known = names.verdicts[id] { return known }
        let statement = try db.cachedStatement(
            sql: "SELECT outcome, reason, class, code, authorization_error, verified FROM verdict WHERE id = ?"
        )
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { return Verdict() }
        let verdict = Verdict(
            isRejected: (row[0] as Int64) != 0,
            reason: try name(row[1]),
            rejectionClass: (row[2] as Int?).flatMap { RejectionClass(id: $0) },
            code: (row[3] as Int32?).map { VerificationCode(rawValue: $0) },
            authorizationError: try name(row[4]),
            verified: row[5]
        )
        names.keep(verdict, id)
        return verdict
    }

    /// A session's reporter.
    func reporter(_ session: Int64) throws -> Reporter {
        if let known = names.reporters[session] { return known }
        let statement = try db.cachedStatement(
            sql: """
                SELECT s.pid, s.uid, s.gid, p.uuid, p.application
                FROM session s LEFT JOIN producer p ON p.id = s.producer WHERE s.id = ?
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [session]) else { return Reporter(session: session) }
        let reporter = Reporter(
            session: session,
            producer: row[3],
            application: try name(row[4]),
            pid: row[0],
            uid: row[1],
            gid: row[2]
        )
        names.keep(reporter, session)
        return reporter
    }
}

// MARK: Certificates

extension EventAssembler {
    /// The columns of `cert k` that ``summary(from:)`` reads, starting at 0.
    static let certificateColumns = """
        k.id, k.sha256, k.sha1, k.cn, k.subject, k.issuer, k.serial, k.not_before, k.not_after, k.san
        """

    /// A certificate by its row, with the event it was first seen with.
    func certificate(_ id: Int64) throws -> EventNames.KnownCertificate {
        if let known = names.certificates[id] { return known }
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(Self.certificateColumns), k.first_event FROM cert a JOIN cert k ON k.id = ifnull(a.same_as, a.id)
                WHERE a.id = ?
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [id]) else {
            return .init(summary: CertificateSummary(id: id))
        }
        let summary = Self.summary(from: row)
        let certificate = EventNames.KnownCertificate(summary: summary, firstEvent: row[10])
        names.keep(certificate, id)
        return certificate
    }

    /// A certificate out of a row that starts with ``certificateColumns``.
    static func summary(from row: Row) -> CertificateSummary {
        CertificateSummary(
            id: row[0],
            sha256: row.bytes(1).flatMap { Fingerprint(bytes: $0) },
            sha1: row.bytes(2).flatMap { Fingerprint(bytes: $0) },
            commonName: row[3],
            subject: row[4],
            issuer: row[5],
            serial: row[6],
            notBefore: (row[7] as Int64?).map { Timestamp(milliseconds: $0) },
            notAfter: (row[8] as Int64?).map { Timestamp(milliseconds: $0) },
            subjectAlternativeNames: texts(row[9])
        )
    }

    /// The texts of a JSON array, such as the column `san`.
    static func texts(_ json: String?) -> [String] {
        guard let json, json != "[]", let parsed = try? JSONValue(parsing: Array(json.utf8)) else { return [] }
        guard case .array(let values) = parsed else { return [] }
        return values.compactMap { value in
            if case .string(let text) = value { text } else { nil }
        }
    }
}
