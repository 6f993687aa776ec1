// The ledger covers what is stored from this step on; a database that had events before keeps them uncovered, and its
// first segment tells where the cover begins.

extension Migration {
    /// The ledger and retention.
    static let version2 = Migration(version: 2, sql: ledger + retention)

    /// `body` is what a segment's head commits to, or the state of the segment that still runs, whose `head` is NULL.
    ///
    /// `first_event` and `events` repeat the body for the search by event. The hashes once planned for `segment` moved
    /// here: a segment of the ledger also ends with its minute.
    private static let ledger = """
        CREATE TABLE ledger_segment(
            number INTEGER PRIMARY KEY,
            first_event INTEGER NOT NULL,
            events INTEGER NOT NULL,
            head BLOB,
            body BLOB NOT NULL
        ) STRICT;
        CREATE INDEX ledger_segment_event ON ledger_segment(first_event);
        CREATE TABLE ledger_entry(
            id INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL,
            subject INTEGER NOT NULL,
            detail INTEGER NOT NULL,
            digest BLOB NOT NULL
        ) STRICT;
        CREATE INDEX ledger_entry_subject ON ledger_entry(subject, kind);
        INSERT INTO meta(key, value) SELECT 'ledger_certificates', ifnull(max(id), 0) FROM cert;
        ALTER TABLE segment DROP COLUMN previous_head;
        ALTER TABLE segment DROP COLUMN root;
        ALTER TABLE segment DROP COLUMN head;
        ALTER TABLE segment DROP COLUMN sealed;

        """

    /// Each row is a range of whole segments whose events were removed; `finished` is NULL while rows are left.
    private static let retention = """
        CREATE TABLE prune(
            id INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            first_event INTEGER NOT NULL, last_event INTEGER NOT NULL,
            events INTEGER NOT NULL,
            cutoff INTEGER NOT NULL,
            reason TEXT NOT NULL,
            signature BLOB NOT NULL,
            finished INTEGER
        ) STRICT;

        """
}
