/// What the manual page says beyond the commands: variables, files and exit codes.
enum ManualTables {
    static let environment: [(name: String, text: String)] = [
        ("MTLSTOP_DB", "The audit database, as --db."),
        ("MTLSTOP_SOCKET", "The intake socket, as --socket."),
        ("MTLSTOP_SYSLOG_SOCKET", "The socket for syslog datagrams, as --syslog-socket."),
        ("MTLSTOP_CONFIG", "The folder of configuration, as --config."),
        ("MTLSTOP_NOW", "An RFC 3339 time at which the clock of the reading commands stands still."),
        ("XDG_STATE_HOME", "Where the database lies for anybody but root, below mtlstop/."),
        ("XDG_RUNTIME_DIR", "Where the socket lies for anybody but root, below mtlstop/."),
        ("NOTIFY_SOCKET", "Where the collector tells the service manager that it is ready."),
        ("NO_COLOR", "No colours when it is set."),
        ("TERM", "The terminal the dashboard draws on."),
        ("COLUMNS", "The width of tables and of the batch screen, when standard output is no terminal."),
        ("LINES", "The height of the batch screen."),
        ("LC_ALL", "Lines and bars are drawn in ASCII unless it names UTF-8."),
        ("TZ", "The time zone of the dashboard."),
    ]

    static let files: [(name: String, text: String)] = [
        ("/var/lib/mtlstop/audit.db", "The audit database of root; others have it below $XDG_STATE_HOME."),
        ("/var/lib/mtlstop/audit.db-checkpoints", "Checkpoints of the evidence, beside the database."),
        ("/run/mtlstop/ingest.sock", "The intake socket of root; others have it below $XDG_RUNTIME_DIR."),
        ("/etc/mtlstop/", "The configuration of root; others have it below $XDG_CONFIG_HOME."),
    ]

    static let statuses: [(name: String, text: String)] = [
        ("0", "Done."),
        ("1", "Failed; for expiring --check: a warning."),
        ("2", "A check says no: verify found tampering, expiring --check is critical."),
        ("3", "The state of expiring --check could not be found out."),
        ("64", "Wrong usage."),
        ("65", "Bad input."),
        ("66", "The input is not there."),
        ("69", "The collector cannot be reached."),
        ("73", "The output cannot be created."),
        ("74", "Reading or writing failed."),
        ("75", "Another process holds the database or the socket."),
        ("77", "Not permitted, or read-only."),
    ]
}
