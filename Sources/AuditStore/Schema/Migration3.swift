extension Migration {
    /// The runs of the collector.
    static let version3 = Migration(version: 3, sql: runs)

    /// One row for each writer that opened the database; `alive` is the last sign of life, `stopped` is NULL while the
    /// writer runs and for ever when it ended without a word.
    private static let runs = """
        CREATE TABLE collector_run(
            id INTEGER PRIMARY KEY,
            started INTEGER NOT NULL, alive INTEGER NOT NULL, stopped INTEGER
        ) STRICT;

        """
}
