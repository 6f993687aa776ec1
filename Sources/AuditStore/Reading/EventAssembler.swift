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
    private var names: [Int64: String] = [:]
    private var contexts: [Int64: Context] = [:]
    private var verdicts: [Int64: Verdict] = [:]
    private var reporters: [Int64: Reporter] = [:]
    private var certificates: [Int64: (summary: CertificateSummary, firstEvent: Int64?)] = [:]

    init(_ db: Database) {
        self.db = db
    }

    /// The whole event of a row with ``columns``.
    func row(_ row: Row) throws -> EventRow {
        let id: Int64 = row[0]
        let time: Int64 = row[1]
        let lag: Int64 = row[8]
        let certificate = try (row[3] as Int64?).map { try self.certificate($0) }
        let verdict = try self.verdict(row[6])
        let context = try self.context(row[7])
        return EventRow(
            id: id,
            time: Timestamp(milliseconds: time),
            received: Timestamp(milliseconds: time &+ lag),
            outcome: (row[2] as Int64) == 0 ? .authenticated : .rejected,
            reason: verdict.reason,
            rejectionClass: verdict.rejectionClass,
            code: verdict.code,
            service: context.service,
            source: context.source,
            verified: verdict.verified,
            method: context.method,
            path: try name(row[5]),
            ip: try name(row[4]),
            port: row[9],
            host: context.host,
            userAgent: context.userAgent,
            tlsProtocol: context.tlsProtocol,
            cipher: context.cipher,
            serverName: context.serverName,
            resumed: context.resumed,
            authorizationError: verdict.authorizationError,
            certificate: certificate?.summary,
            reporter: context.reporter,
            isFirstSeen: certificate?.firstEvent == id,
            marks: row[10] ?? 0
        )
    }

    /// The text of an interned name.
    func name(_ id: Int64?) throws -> String? {
        guard let id else { return nil }
        if let known = names[id] { return known }
        let statement = try db.cachedStatement(sql: "SELECT value FROM str WHERE id = ?")
        let text = try String.fetchOne(statement, arguments: [id])
        names[id] = text
        return text
    }

    /// A certificate by its row; a row that turned out to be another certificate shows that one.
    func summary(_ id: Int64) throws -> CertificateSummary {
        try certificate(id).summary
    }
}

// MARK: Tuples

extension EventAssembler {
    private struct Context {
        var service: String?
        var source: String?
        var method: String?
        var host: String?
        var userAgent: String?
        var tlsProtocol: String?
        var cipher: String?
        var serverName: String?
        var resumed: Bool?
        var reporter: Reporter
    }

    /// What an event's verdict says.
    struct Verdict {
        var isRejected = false
        var reason: String?
        var rejectionClass: RejectionClass?
        var code: VerificationCode?
        var authorizationError: String?
        var verified: Bool?
    }

    private func context(_ id: Int64) throws -> Context {
        if let known = contexts[id] { return known }
        let statement = try db.cachedStatement(
            sql: """
                SELECT session, service, source, method, host, user_agent, protocol, cipher, server_name, resumed
                FROM context WHERE id = ?
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [id]) else {
            return Context(reporter: Reporter(session: 0))
        }
        let context = Context(
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
        contexts[id] = context
        return context
    }

    /// A verdict by its row.
    func verdict(_ id: Int64) throws -> Verdict {
        if let known = verdicts[id] { return known }
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
        verdicts[id] = verdict
        return verdict
    }

    /// A session's reporter.
    func reporter(_ session: Int64) throws -> Reporter {
        if let known = reporters[session] { return known }
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
        reporters[session] = reporter
        return reporter
    }
}

// MARK: Certificates

extension EventAssembler {
    /// The columns of `cert k` that ``summary(from:)`` reads, starting at 0.
    static let certificateColumns = """
        k.id, k.sha256, k.sha1, k.cn, k.subject, k.issuer, k.serial, k.not_before, k.not_after, k.san
        """

    private func certificate(_ id: Int64) throws -> (summary: CertificateSummary, firstEvent: Int64?) {
        if let known = certificates[id] { return known }
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(Self.certificateColumns), k.first_event FROM cert a JOIN cert k ON k.id = ifnull(a.same_as, a.id)
                WHERE a.id = ?
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { return (CertificateSummary(id: id), nil) }
        let certificate = (summary: Self.summary(from: row), firstEvent: row[10] as Int64?)
        certificates[id] = certificate
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
