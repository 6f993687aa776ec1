// The commit path touches only right-edge pages: `event` has no index over random keys (one costs ten times the
// insert itself, measured: 49k rows/s against 733k). All that answers "who" and "how many" is derived and rebuildable.
//
// Conventions: times are Unix milliseconds; an absent value is NULL; texts are interned in `str` and held by id;
// derived tables tell everything up to event id `meta.derived_upto`, readers scan the events above it.

extension Migration {
    /// The first schema.
    static let version1 = Migration(
        version: 1,
        sql: names + certificates + events + producers + evidence + derived + bookkeeping
    )

    /// Interned texts and the two tuples that most events share.
    ///
    /// NULLs count as equal in the unique indexes.
    private static let names = """
        CREATE TABLE str(
            id INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL,
            value TEXT NOT NULL,
            UNIQUE(kind, value)
        ) STRICT;
        CREATE TABLE context(
            id INTEGER PRIMARY KEY,
            session INTEGER NOT NULL,
            service INTEGER, source INTEGER, method INTEGER, host INTEGER, user_agent INTEGER,
            protocol INTEGER, cipher INTEGER, server_name INTEGER,
            authorized INTEGER, resumed INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX context_tuple ON context(
            session, ifnull(service, 0), ifnull(source, 0), ifnull(method, 0), ifnull(host, 0),
            ifnull(user_agent, 0), ifnull(protocol, 0), ifnull(cipher, 0), ifnull(server_name, 0),
            ifnull(authorized, -1), ifnull(resumed, -1)
        );
        CREATE TABLE verdict(
            id INTEGER PRIMARY KEY,
            outcome INTEGER NOT NULL,
            reason INTEGER, class INTEGER, code INTEGER, authorization_error INTEGER, verified INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX verdict_tuple ON verdict(
            outcome, ifnull(reason, 0), ifnull(class, 0), ifnull(code, -1), ifnull(authorization_error, 0),
            ifnull(verified, -1)
        );
        INSERT INTO verdict(id, outcome) VALUES (1, 0);

        """

    /// `identity` is the SHA-256 of the DER (32 bytes), else a claimed SHA-1 (20 bytes), else 'c' and the SHA-256 of
    /// the claimed names (33 bytes).
    ///
    /// `same_as` names the row that a SHA-1-only row turned out to be. `der` comes last, so that reading the other
    /// columns never walks its overflow pages; certificates are so rare beside events that their indexes cost nothing.
    private static let certificates = """
        CREATE TABLE cert(
            id INTEGER PRIMARY KEY,
            identity BLOB NOT NULL UNIQUE,
            sha256 BLOB, sha1 BLOB,
            cn TEXT, subject TEXT, issuer TEXT, serial TEXT,
            not_before INTEGER, not_after INTEGER,
            san TEXT,
            first_event INTEGER, first_seen INTEGER,
            identity_key TEXT,
            same_as INTEGER,
            der BLOB
        ) STRICT;
        CREATE INDEX cert_ending ON cert(not_after);
        CREATE INDEX cert_appearing ON cert(first_seen);
        CREATE INDEX cert_identity ON cert(identity_key, not_after);
        CREATE INDEX cert_alias_row ON cert(same_as) WHERE same_as IS NOT NULL;
        CREATE TABLE cert_alias(
            kind INTEGER NOT NULL, value BLOB NOT NULL, cert INTEGER NOT NULL,
            PRIMARY KEY(kind, value)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE cert_issuer(
            cert INTEGER NOT NULL, position INTEGER NOT NULL, issuer_cert INTEGER NOT NULL,
            PRIMARY KEY(cert, position)
        ) STRICT, WITHOUT ROWID;

        """

    /// `lag` is time of arrival minus `ts`; `path` holds the whole request target.
    private static let events = """
        CREATE TABLE event(
            id INTEGER PRIMARY KEY,
            ts INTEGER NOT NULL,
            outcome INTEGER NOT NULL,
            cert INTEGER, ip INTEGER, path INTEGER,
            verdict INTEGER NOT NULL,
            context INTEGER NOT NULL,
            lag INTEGER NOT NULL,
            port INTEGER, marks INTEGER
        ) STRICT;
        CREATE INDEX event_rejected ON event(id) WHERE outcome <> 0;

        """

    private static let producers = """
        CREATE TABLE producer(
            id INTEGER PRIMARY KEY,
            uid INTEGER NOT NULL, uuid TEXT NOT NULL,
            last_seq INTEGER NOT NULL, lost INTEGER NOT NULL, repeated INTEGER NOT NULL,
            application INTEGER,
            UNIQUE(uid, uuid)
        ) STRICT;
        CREATE TABLE session(
            id INTEGER PRIMARY KEY,
            producer INTEGER,
            pid INTEGER, uid INTEGER, gid INTEGER,
            started INTEGER NOT NULL, ended INTEGER,
            events INTEGER NOT NULL, bad_lines INTEGER NOT NULL
        ) STRICT;

        """

    /// A segment is the events whose `id >> 16` is `first_id >> 16`; its ranges are committed with its events.
    private static let evidence = """
        CREATE TABLE segment(
            first_id INTEGER PRIMARY KEY,
            events INTEGER NOT NULL,
            ts_min INTEGER NOT NULL, ts_max INTEGER NOT NULL,
            received_min INTEGER NOT NULL, received_max INTEGER NOT NULL,
            previous_head BLOB, root BLOB, head BLOB,
            sealed INTEGER
        ) STRICT;
        CREATE TABLE loss(
            id INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            session INTEGER, producer INTEGER,
            kind TEXT NOT NULL,
            n INTEGER NOT NULL,
            first_seq INTEGER, last_seq INTEGER, since INTEGER,
            detail TEXT
        ) STRICT;
        CREATE TABLE bad_line(
            id INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            session INTEGER, producer INTEGER,
            seq INTEGER, line INTEGER,
            code TEXT NOT NULL,
            at INTEGER,
            length INTEGER NOT NULL,
            head BLOB NOT NULL
        ) STRICT;
        CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;

        """

    /// `last_ts` and `first_ts` are the extreme event times, `last_id` the greatest event id; the two may belong to
    /// different events.
    ///
    /// `service` is 0 where an event names none.
    private static let derived = """
        CREATE TABLE cert_segment(
            cert INTEGER NOT NULL, segment INTEGER NOT NULL,
            accepted INTEGER NOT NULL, rejected INTEGER NOT NULL,
            PRIMARY KEY(cert, segment)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE roll(
            span INTEGER NOT NULL, bucket INTEGER NOT NULL, service INTEGER NOT NULL, verdict INTEGER NOT NULL,
            n INTEGER NOT NULL, last_id INTEGER NOT NULL,
            PRIMARY KEY(span, bucket, service, verdict)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE cert_use(
            span INTEGER NOT NULL, bucket INTEGER NOT NULL, cert INTEGER NOT NULL,
            accepted INTEGER NOT NULL, rejected INTEGER NOT NULL,
            last_ts INTEGER NOT NULL, last_id INTEGER NOT NULL,
            PRIMARY KEY(span, bucket, cert)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE cert_total(
            cert INTEGER PRIMARY KEY,
            accepted INTEGER NOT NULL, rejected INTEGER NOT NULL,
            first_ts INTEGER NOT NULL, last_ts INTEGER NOT NULL, last_id INTEGER NOT NULL,
            last_accepted_ts INTEGER, last_accepted_id INTEGER
        ) STRICT;

        """

    private static let bookkeeping = """
        CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
        INSERT INTO meta(key, value) VALUES ('derived_upto', 0);

        """
}
