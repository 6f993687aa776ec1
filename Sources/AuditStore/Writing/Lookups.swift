import GRDB

/// The questions the writer asks about names and certificates that it does not remember.
///
/// Used from the writer's thread only; while a commit is under way on the other one a question waits for its end.
final class Lookups {
    private let connection: WriteConnection
    private let nameQuery: PreparedStatement
    private let contextQuery: PreparedStatement
    private let verdictQuery: PreparedStatement
    private let certificateQuery: PreparedStatement
    private let aliasQuery: PreparedStatement
    private let certificateByID: PreparedStatement
    private let producerQuery: PreparedStatement

    /// Compiles the questions.
    init(_ connection: WriteConnection, _ db: Database) throws {
        self.connection = connection
        nameQuery = try PreparedStatement(db, "SELECT id FROM str WHERE kind = ? AND value = ?")
        contextQuery = try PreparedStatement(
            db,
            """
            SELECT id FROM context WHERE session = ? AND ifnull(service, 0) = ? AND ifnull(source, 0) = ?
            AND ifnull(method, 0) = ? AND ifnull(host, 0) = ? AND ifnull(user_agent, 0) = ?
            AND ifnull(protocol, 0) = ? AND ifnull(cipher, 0) = ? AND ifnull(server_name, 0) = ?
            AND ifnull(authorized, -1) = ? AND ifnull(resumed, -1) = ?
            """
        )
        verdictQuery = try PreparedStatement(
            db,
            """
            SELECT id FROM verdict WHERE outcome = ? AND ifnull(reason, 0) = ? AND ifnull(class, 0) = ?
            AND ifnull(code, -1) = ? AND ifnull(authorization_error, 0) = ? AND ifnull(verified, -1) = ?
            """
        )
        let columns = """
            id, first_event IS NOT NULL, der IS NOT NULL,
            EXISTS (SELECT 1 FROM cert_issuer WHERE cert_issuer.cert = cert.id), not_before, not_after,
            \(CertificateReference.identityColumn)
            """
        certificateQuery = try PreparedStatement(db, "SELECT \(columns) FROM cert WHERE identity = ?")
        certificateByID = try PreparedStatement(db, "SELECT \(columns) FROM cert WHERE id = ?")
        aliasQuery = try PreparedStatement(db, "SELECT cert FROM cert_alias WHERE kind = ? AND value = ?")
        producerQuery = try PreparedStatement(
            db,
            "SELECT id, last_seq, lost, repeated, application FROM producer WHERE uid = ? AND uuid = ?"
        )
    }

    /// The id of a stored text.
    func name(_ kind: NameKind, _ bytes: UnsafeRawBufferPointer) throws(StoreError) -> Int64? {
        try first(nameQuery) { query in
            query.bind(1, kind.rawValue)
            query.bindText(2, bytes)
        } read: {
            $0.integer(0)
        }
    }

    /// The id of a stored context.
    func context(_ key: ContextKey) throws(StoreError) -> Int64? {
        try tuple(contextQuery, key.columns)
    }

    /// The id of a stored verdict.
    func verdict(_ key: VerdictKey) throws(StoreError) -> Int64? {
        try tuple(verdictQuery, key.columns)
    }

    /// The stored certificate with this identity.
    func certificate(identity: [UInt8]) throws(StoreError) -> KnownCertificate? {
        try first(certificateQuery) {
            $0.bindBlob(1, identity)
        } read: {
            KnownCertificate($0)
        }
    }

    /// The stored certificate with this row id.
    func certificate(id: Int64) throws(StoreError) -> KnownCertificate? {
        try first(certificateByID) {
            $0.bind(1, id)
        } read: {
            KnownCertificate($0)
        }
    }

    /// The stored certificate that is also known by this value.
    func certificate(alias kind: CertificateAliasKind, _ value: [UInt8]) throws(StoreError) -> KnownCertificate? {
        let id = try first(aliasQuery) { query in
            query.bind(1, kind.rawValue)
            query.bindBlob(2, value)
        } read: {
            $0.integer(0)
        }
        guard let id else { return nil }
        return try certificate(id: id)
    }

    /// The DER of a stored certificate.
    func der(of id: Int64) throws(StoreError) -> [UInt8]? {
        try connection.perform { db in
            try Row.fetchOne(db, sql: "SELECT der FROM cert WHERE id = ?", arguments: [id])?.bytes(0)
        }
    }

    /// The CAs that came along with the newest 20,000 certificates, at most 1000 of them, each with whether a client
    /// below it was accepted last after its chain was verified.
    func issuers() throws(StoreError) -> [(der: [UInt8], isTrusted: Bool)] {
        try connection.perform { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT i.der, max(ifnull(v.verified = 1, 0)) FROM cert_issuer ci
                    JOIN cert i ON i.id = ci.issuer_cert AND i.der IS NOT NULL
                    LEFT JOIN cert_total t ON t.cert = ci.cert LEFT JOIN event e ON e.id = t.last_accepted_id
                    LEFT JOIN verdict v ON v.id = e.verdict
                    WHERE ci.cert > (SELECT max(id) FROM cert) - 20000 GROUP BY i.id LIMIT 1000
                    """
            )
            return rows.compactMap { row in
                row.bytes(0).map { ($0, Int64.fromDatabaseValue(row[1]) == 1) }
            }
        }
    }

    /// The stored state of a producer.
    func producer(uid: UInt32, uuid: String) throws(StoreError) -> ProducerState? {
        try first(producerQuery) { query in
            query.bind(1, Int64(uid))
            query.bindText(2, uuid)
        } read: { row in
            ProducerState(
                id: row.integer(0),
                uid: uid,
                uuid: uuid,
                durable: UInt64(clamping: row.integer(1)),
                lost: row.integer(2),
                repeated: row.integer(3),
                application: row.integer(4)
            )
        }
    }

    private func tuple(_ query: PreparedStatement, _ columns: [Int64]) throws(StoreError) -> Int64? {
        try first(query) { query in
            for (index, value) in columns.enumerated() { query.bind(Int32(index + 1), value) }
        } read: {
            $0.integer(0)
        }
    }

    // Bound and read within the connection's queue: a commit may be under way on another thread.
    private func first<Result>(
        _ query: PreparedStatement,
        bind: (PreparedStatement) -> Void,
        read: (PreparedStatement) -> Result
    ) throws(StoreError) -> Result? {
        try connection.perform { _ in
            bind(query)
            defer { query.reset() }
            return try query.next() ? read(query) : nil
        }
    }
}
