import Glibc

/// What a collector needs to know to run.
struct CollectorConfiguration: Sendable {
    /// The audit database; made, with its folder, when it is not there.
    var databasePath: String
    /// The intake socket; at most ``SocketAddress/longestPath`` bytes.
    var socketPath: String
    /// The permission bits of the socket.
    var mode: mode_t
    /// Who may write.
    var access: IntakeAccess
    /// How many connections are served at once; a further one is told that the collector is busy.
    var connectionLimit: Int
    /// How long a line may stay without its newline.
    var halfLinePatience: Duration

    /// A configuration with the contract's defaults.
    init(
        databasePath: String,
        socketPath: String,
        mode: mode_t = 0o660,
        access: IntakeAccess = .everyone,
        connectionLimit: Int = 10_240,
        halfLinePatience: Duration = .seconds(60)
    ) {
        self.databasePath = databasePath
        self.socketPath = socketPath
        self.mode = mode
        self.access = access
        self.connectionLimit = connectionLimit
        self.halfLinePatience = halfLinePatience
    }
}
