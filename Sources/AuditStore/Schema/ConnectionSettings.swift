import GRDB

/// How the write connection is set up; every value is one that was measured or that a documented defect asks for.
enum ConnectionSettings {
    /// The WAL is checkpointed passively by the writer when it holds this many pages (48 MB): the pages of indexes
    /// and roll-ups, which every commit writes again, are copied once for many commits.
    static let passiveCheckpointPages: Int32 = 12_000
    /// The WAL is emptied when it holds this many pages (256 MB): a reader held it open for long.
    static let truncateCheckpointPages: Int32 = 65_536

    /// Settings that do not touch the file.
    ///
    /// A page cache of 64 MiB was no faster than one of 16 MiB (20,000 certificates), and cost 35 MiB of memory.
    private static let connection = """
        PRAGMA busy_timeout = 5000;
        PRAGMA cache_size = -16384;
        PRAGMA temp_store = MEMORY;
        PRAGMA foreign_keys = OFF;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA journal_size_limit = 67108864;
        """

    /// The configuration of the one connection that writes and checkpoints.
    static var writer: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(5)
        configuration.label = "mtlstop.writer"
        configuration.prepareDatabase { db in
            try db.distrustFile()
            try db.execute(sql: connection)
        }
        return configuration
    }
}
