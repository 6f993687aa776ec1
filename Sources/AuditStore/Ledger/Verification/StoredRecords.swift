import CertCore
import GRDB

/// Makes records out of stored rows: every id is resolved anew, through caches of constant size.
///
/// Confined to one connection and one thread.
final class StoredRecords {
    /// Longer texts are looked up each time, so that the cache stays below 20 MB.
    private static let longestCached = 256

    private(set) var record = LedgerRecord()
    private let textQuery: PreparedStatement
    private let contextQuery: PreparedStatement
    private let verdictQuery: PreparedStatement
    private let certificateQuery: PreparedStatement
    private var texts: DirectCache<[UInt8]>
    private var contexts = DirectCache<SHA256Digest?>(bits: 14, empty: nil)
    private var verdicts = DirectCache<SHA256Digest?>(bits: 12, empty: nil)
    private var certificates = DirectCache<CertificateReference>(bits: 15, empty: .none)

    /// Compiles the questions; 2^`textBits` texts are kept.
    init(_ db: Database, textBits: Int = 16) throws {
        texts = DirectCache(bits: textBits, empty: [])
        textQuery = try PreparedStatement(db, "SELECT value FROM str WHERE id = ?")
        contextQuery = try PreparedStatement(
            db,
            """
            SELECT c.session, s.pid, s.uid, s.gid, c.authorized, c.resumed, c.service, c.source, c.method, c.host,
            c.user_agent, c.protocol, c.cipher, c.server_name
            FROM context c JOIN session s ON s.id = c.session WHERE c.id = ?
            """
        )
        verdictQuery = try PreparedStatement(
            db,
            "SELECT outcome, class, code, verified, reason, authorization_error FROM verdict WHERE id = ?"
        )
        certificateQuery = try PreparedStatement(
            db,
            "SELECT \(CertificateReference.identityColumn) FROM cert WHERE id = ?"
        )
    }

    /// The columns that ``event(_:)`` reads.
    static let eventColumns = "id, ts, lag, outcome, cert, ip, path, verdict, context, port, marks"

    /// The leaf hash of an event's row; nil when it holds what no writer of ours stores, or names what is not there.
    func event(_ row: PreparedStatement) throws -> SHA256Digest? {
        guard let outcome = UInt8(exactly: row.integer(3)), let marks = UInt32(exactly: row.integer(10)),
            let port = Self.optional(row, 9, absent: -1).flatMap({ Int32(exactly: $0) }),
            let verdict = try verdict(row.integer(7)), let context = try context(row.integer(8)),
            let certificate = try certificate(row, 4), let ip = try place(row, 5),
            let path = try place(row, 6, beside: ip)
        else { return nil }
        let time = row.integer(1)
        let facts = EventFacts(
            id: row.integer(0),
            time: time,
            received: time &+ row.integer(2),
            outcome: outcome,
            port: port,
            marks: Int64(marks)
        )
        return withText(ip) { ip in
            withText(path) { path in
                record.event(facts, context: context, verdict: verdict, certificate: certificate, ip: ip, path: path)
            }
        }
    }

    /// The digest of a verdict; nil when there is none that we stored.
    func verdict(_ id: Int64) throws -> SHA256Digest? {
        let place = verdicts.place(id)
        if verdicts.holds(id, at: place) { return verdicts[place] }
        let digest = try first(verdictQuery, id) { row -> SHA256Digest? in
            guard let code = Self.optional(row, 2, absent: -1), let verified = Self.optional(row, 3, absent: -1),
                let reason = try text(row, 4), let failure = try text(row, 5), Int32(exactly: code) != nil,
                (-1...1).contains(verified), UInt8(exactly: row.integer(0)) != nil,
                UInt8(exactly: row.integer(1)) != nil
            else { return nil }
            var key = VerdictKey(outcome: row.integer(0))
            key.rejectionClass = row.integer(1)
            key.code = code
            key.verified = verified
            return reason.withBytes { reason in
                failure.withBytes { record.verdict(key, reason: reason, authorizationError: $0) }
            }
        }
        _ = verdicts.insert(id, digest ?? nil)
        return digest ?? nil
    }

    /// The digest of a context; nil when there is none that we stored.
    func context(_ id: Int64) throws -> SHA256Digest? {
        let place = contexts.place(id)
        if contexts.holds(id, at: place) { return contexts[place] }
        let digest = try first(contextQuery, id) { row -> SHA256Digest? in
            guard let pid = Int32(exactly: row.integer(1)), let uid = UInt32(exactly: row.integer(2)),
                let gid = UInt32(exactly: row.integer(3)),
                let authorized = Self.optional(row, 4, absent: -1), (-1...1).contains(authorized),
                let resumed = Self.optional(row, 5, absent: -1), (-1...1).contains(resumed)
            else { return nil }
            var texts: [StoredText] = []
            for column in Int32(6)..<14 {
                guard let text = try text(row, column) else { return nil }
                texts.append(text)
            }
            return record.context(
                session: row.integer(0),
                peer: PeerCredentials(pid: pid, uid: uid, gid: gid),
                authorized: Int8(authorized),
                resumed: Int8(resumed),
                texts: texts
            )
        }
        _ = contexts.insert(id, digest ?? nil)
        return digest ?? nil
    }

    private func certificate(_ row: PreparedStatement, _ column: Int32) throws -> CertificateReference? {
        guard !row.isNull(column) else { return CertificateReference.none }
        let id = row.integer(column)
        let place = certificates.place(id)
        if certificates.holds(id, at: place) { return certificates[place] }
        let identity = try first(certificateQuery, id) { $0.blob(0) }
        guard let identity = identity ?? nil else { return nil }
        let reference = CertificateReference(identity: identity)
        _ = certificates.insert(id, reference)
        return reference
    }
}

/// A text of the database, or that there is none.
enum StoredText {
    case absent
    case bytes([UInt8])

    /// Lends the bytes.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
        switch self {
        case .absent: body(nil)
        case .bytes(let bytes): bytes.withUnsafeBytes { body($0) }
        }
    }
}

// MARK: Texts

extension StoredRecords {
    /// Where the text of an event's column is.
    private enum Place {
        case absent
        case cached(Int)
        case fresh([UInt8])
    }

    /// Two texts of one event may belong in the same place of the cache: the second must not drive the first out.
    private func place(_ row: PreparedStatement, _ column: Int32, beside other: Place = .absent) throws -> Place? {
        guard !row.isNull(column) else { return .absent }
        let id = row.integer(column)
        let place = texts.place(id)
        if texts.holds(id, at: place) { return .cached(place) }
        guard let bytes = try bytes(of: id) else { return nil }
        if bytes.count > Self.longestCached { return .fresh(bytes) }
        if case .cached(place) = other { return .fresh(bytes) }
        return .cached(texts.insert(id, bytes))
    }

    @inline(__always)
    private func withText<Result>(_ place: Place, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
        switch place {
        case .absent: body(nil)
        case .cached(let place): texts[place].withUnsafeBytes { body($0) }
        case .fresh(let bytes): bytes.withUnsafeBytes { body($0) }
        }
    }

    /// The text that a column names; nil when it names one that is not there.
    private func text(_ row: PreparedStatement, _ column: Int32) throws -> StoredText? {
        guard !row.isNull(column) else { return .absent }
        return try bytes(of: row.integer(column)).map { .bytes($0) }
    }

    private func bytes(of id: Int64) throws -> [UInt8]? {
        try first(textQuery, id) { row in row.withBytes(0) { Array($0) } }
    }

    private func first<Result>(
        _ query: PreparedStatement,
        _ id: Int64,
        _ read: (PreparedStatement) throws -> Result
    ) throws -> Result? {
        query.bind(1, id)
        defer { query.reset() }
        return try query.next() ? try read(query) : nil
    }

    /// A column in which `absent` stands for NULL in the record; nil when it stands there itself.
    private static func optional(_ row: PreparedStatement, _ column: Int32, absent: Int64) -> Int64? {
        guard !row.isNull(column) else { return absent }
        let value = row.integer(column)
        return value == absent ? nil : value
    }
}
