import GRDB

/// The statements that change the certificate tables.
final class CertificateStatements {
    private let insert: PreparedStatement
    private let complete: PreparedStatement
    private let alias: PreparedStatement
    private let issuer: PreparedStatement
    private let firstEvent: PreparedStatement
    private let same: PreparedStatement

    /// Compiles the statements.
    init(_ db: Database) throws {
        insert = try PreparedStatement(
            db,
            """
            INSERT INTO cert(identity, sha256, sha1, cn, subject, issuer, serial, not_before, not_after, san, der,
            identity_key, id, first_event, first_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        complete = try PreparedStatement(
            db,
            """
            UPDATE cert SET identity = ?, sha256 = ?, sha1 = ?, cn = ?, subject = ?, issuer = ?, serial = ?,
            not_before = ?, not_after = ?, san = ?, der = ?, identity_key = ? WHERE id = ?
            """
        )
        alias = try PreparedStatement(db, "INSERT OR IGNORE INTO cert_alias(kind, value, cert) VALUES (?, ?, ?)")
        issuer = try PreparedStatement(
            db,
            "INSERT OR IGNORE INTO cert_issuer(cert, position, issuer_cert) VALUES (?, ?, ?)"
        )
        firstEvent = try PreparedStatement(
            db,
            "UPDATE cert SET first_event = ?, first_seen = ? WHERE id = ? AND first_event IS NULL"
        )
        same = try PreparedStatement(db, "UPDATE cert SET same_as = ? WHERE id = ?")
    }

    /// Applies one change.
    ///
    /// - Returns: false when the row was there already and nothing changed.
    func apply(_ change: CertificateChange) throws -> Bool {
        switch change {
        case .insert(let row):
            insert.bind(14, row.firstEvent)
            insert.bind(15, row.firstSeen)
            try write(row, with: insert)
        case .complete(let row, _): try write(row, with: complete)
        case .alias(let kind, let value, let certificate):
            alias.bind(1, kind.rawValue)
            alias.bindBlob(2, value)
            alias.bind(3, certificate)
            try alias.run()
        case .issuer(let certificate, let position, let issuerID):
            try run(issuer, certificate, position, issuerID)
            return issuer.changedRows > 0
        case .firstEvent(let certificate, let event, let time):
            try run(firstEvent, event, time, certificate)
        case .same(let certificate, let other):
            same.bind(1, other)
            same.bind(2, certificate)
            try same.run()
        }
        return true
    }

    private func run(_ statement: PreparedStatement, _ first: Int64, _ second: Int64, _ third: Int64) throws {
        statement.bind(1, first)
        statement.bind(2, second)
        statement.bind(3, third)
        try statement.run()
    }

    private func write(_ row: CertificateRow, with statement: PreparedStatement) throws {
        statement.bindBlob(1, row.identity)
        statement.bindBlob(2, row.sha256)
        statement.bindBlob(3, row.sha1)
        statement.bindText(4, row.commonName)
        statement.bindText(5, row.subject)
        statement.bindText(6, row.issuer)
        statement.bindText(7, row.serial)
        statement.bind(8, row.notBefore)
        statement.bind(9, row.notAfter)
        statement.bindText(10, row.alternativeNames)
        statement.bindBlob(11, row.der)
        statement.bindText(12, row.identityKey)
        statement.bind(13, row.id)
        try statement.run()
    }
}
