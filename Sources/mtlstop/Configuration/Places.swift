import Glibc

/// Where things are: the database and the sockets; a flag wins over the environment, and that over the default.
struct Places: Equatable, Sendable {
    var database: String
    var socket: String
    var syslogSocket: String?

    /// Settles every path.
    ///
    /// Root gets the system's folders; anybody else the XDG state and runtime folders, and without a runtime
    /// folder a private one (0700) below the temporary folder.
    static func settle(
        database: String? = nil,
        socket: String? = nil,
        syslogSocket: String? = nil,
        environment: Environment = .current(),
        userID: uid_t = geteuid()
    ) -> Places {
        Places(
            database: database ?? environment["MTLSTOP_DB"] ?? defaultDatabase(environment, userID),
            socket: socket ?? environment["MTLSTOP_SOCKET"] ?? defaultSocket(environment, userID),
            syslogSocket: syslogSocket ?? environment["MTLSTOP_SYSLOG_SOCKET"]
        )
    }

    private static func defaultDatabase(_ environment: Environment, _ userID: uid_t) -> String {
        if userID == 0 { return "/var/lib/mtlstop/audit.db" }
        let state = environment["XDG_STATE_HOME"] ?? (environment["HOME"] ?? "/tmp") + "/.local/state"
        return state + "/mtlstop/audit.db"
    }

    private static func defaultSocket(_ environment: Environment, _ userID: uid_t) -> String {
        if userID == 0 { return "/run/mtlstop/ingest.sock" }
        if let runtime = environment["XDG_RUNTIME_DIR"] { return runtime + "/mtlstop/ingest.sock" }
        return (environment["TMPDIR"] ?? "/tmp") + "/mtlstop-\(userID)/ingest.sock"
    }
}
