import GRDB

/// The statements of the commit, compiled once.
final class WriteStatements {
    let insertName: PreparedStatement
    let certificates: CertificateStatements
    private let insertContext: PreparedStatement
    private let insertVerdict: PreparedStatement
    private let session: PreparedStatement
    private let producer: PreparedStatement
    private let loss: PreparedStatement
    private let badLine: PreparedStatement
    private let meta: PreparedStatement

    /// Compiles the statements.
    init(_ db: Database) throws {
        insertName = try PreparedStatement(db, "INSERT INTO str(id, kind, value) VALUES (?, ?, ?)")
        certificates = try CertificateStatements(db)
        insertContext = try PreparedStatement(
            db,
            """
            INSERT INTO context(id, session, service, source, method, host, user_agent, protocol, cipher, server_name,
            authorized, resumed) VALUES (?, ?, nullif(?, 0), nullif(?, 0), nullif(?, 0), nullif(?, 0), nullif(?, 0),
            nullif(?, 0), nullif(?, 0), nullif(?, 0), nullif(?, -1), nullif(?, -1))
            """
        )
        insertVerdict = try PreparedStatement(
            db,
            """
            INSERT INTO verdict(id, outcome, reason, class, code, authorization_error, verified)
            VALUES (?, ?, nullif(?, 0), nullif(?, 0), nullif(?, -1), nullif(?, 0), nullif(?, -1))
            """
        )
        session = try PreparedStatement(
            db,
            """
            INSERT INTO session(id, producer, pid, uid, gid, started, ended, events, bad_lines)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET producer = excluded.producer,
            ended = excluded.ended, events = excluded.events, bad_lines = excluded.bad_lines
            """
        )
        producer = try PreparedStatement(
            db,
            """
            INSERT INTO producer(id, uid, uuid, last_seq, lost, repeated, application)
            VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0)) ON CONFLICT(id) DO UPDATE SET last_seq = excluded.last_seq,
            lost = excluded.lost, repeated = excluded.repeated, application = excluded.application
            """
        )
        loss = try PreparedStatement(
            db,
            """
            INSERT INTO loss(time, session, producer, kind, n, first_seq, last_seq, since, detail, id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        badLine = try PreparedStatement(
            db,
            """
            INSERT INTO bad_line(time, session, producer, seq, line, code, at, length, head, id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        meta = try PreparedStatement(
            db,
            "INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"
        )
    }

    /// Stores how far a followed file is read.
    func write(_ position: FollowedPosition, of path: String) throws {
        meta.bindText(1, FollowedPosition.key(of: path))
        meta.bindText(2, position.text)
        try meta.run()
    }

    /// Stores a context.
    func write(context id: Int64, _ key: ContextKey) throws {
        try write(id, key.columns, with: insertContext)
    }

    /// Stores a verdict.
    func write(verdict id: Int64, _ key: VerdictKey) throws {
        try write(id, key.columns, with: insertVerdict)
    }

    private func write(_ id: Int64, _ columns: [Int64], with statement: PreparedStatement) throws {
        statement.bind(1, id)
        for (index, value) in columns.enumerated() { statement.bind(Int32(index + 2), value) }
        try statement.run()
    }

    /// Stores a session or its counts.
    func write(_ state: SessionState) throws {
        session.bind(1, state.id)
        session.bind(2, state.producer == 0 ? nil : state.producer)
        session.bind(3, Int64(state.peer.pid))
        session.bind(4, Int64(state.peer.uid))
        session.bind(5, Int64(state.peer.gid))
        session.bind(6, state.started)
        session.bind(7, state.ended)
        session.bind(8, state.events)
        session.bind(9, state.badLines)
        try session.run()
    }

    /// Stores a producer or where it is.
    func write(_ state: ProducerState) throws {
        producer.bind(1, state.id)
        producer.bind(2, Int64(state.uid))
        producer.bindText(3, state.uuid)
        producer.bind(4, Int64(clamping: state.last))
        producer.bind(5, state.lost)
        producer.bind(6, state.repeated)
        producer.bind(7, state.application)
        try producer.run()
    }

    /// Stores a loss.
    func write(_ row: PendingLoss, id: Int64) throws {
        loss.bind(1, row.time)
        loss.bind(2, row.session)
        loss.bind(3, row.producer)
        loss.bindText(4, row.kind.rawValue)
        loss.bind(5, row.count)
        loss.bind(6, row.firstSequence)
        loss.bind(7, row.lastSequence)
        loss.bind(8, row.since)
        loss.bindText(9, row.detail)
        loss.bind(10, id)
        try loss.run()
    }

    /// Stores a refused line.
    func write(_ row: PendingBadLine, id: Int64) throws {
        badLine.bind(1, row.time)
        badLine.bind(2, row.session)
        badLine.bind(3, row.producer)
        badLine.bind(4, row.sequence)
        badLine.bind(5, row.line)
        badLine.bindText(6, row.code)
        badLine.bind(7, row.column)
        badLine.bind(8, row.length)
        badLine.bindBlob(9, row.head)
        badLine.bind(10, id)
        try badLine.run()
    }
}
