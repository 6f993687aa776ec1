import AuditStore
import CertCore
import Glibc

/// What a collector needs to know to run.
struct CollectorConfiguration: Sendable {
    /// The audit database; made, with its folder, when it is not there.
    var databasePath: String
    /// The intake socket; at most ``SocketAddress/longestPath`` bytes.
    var socketPath: String
    /// The syslog datagram socket; nil for none.
    var syslogPath: String?
    /// How long a renamed log file must be quiet before the new one is read.
    var rotationPatience = Duration.seconds(5)
    /// Sockets that the service manager has opened; they go before the paths.
    var activation = SocketActivation.none
    /// The permission bits of the socket.
    var mode: mode_t
    /// Who may write and how much: what may change while it runs.
    var control: IntakeControl
    /// How many connections are served at once; a further one is told that the collector is busy.
    var connectionLimit: Int
    /// How long a line may stay without its newline.
    var halfLinePatience: Duration
    /// How long to wait before the database is tried again after it failed.
    var retryPause: Duration
    /// The most bytes that may lie between the sockets and the writer.
    var queueLimit: Int
    /// The most bytes of disk that are kept in reserve beside the database.
    var ballast: Int
    /// What rejections are verified again against; nil when only what accepted events teach is trusted.
    var trust: Reloading<TrustBasis>?
    /// What it does about the evidence besides storing it.
    var evidence = EvidenceConfiguration()

    /// A configuration with the contract's defaults.
    init(
        databasePath: String,
        socketPath: String,
        mode: mode_t = 0o660,
        control: IntakeControl = IntakeControl(),
        connectionLimit: Int = 10_240,
        halfLinePatience: Duration = .seconds(60),
        retryPause: Duration = .seconds(1),
        queueLimit: Int = IntakeQueue.largest,
        ballast: Int = DiskBallast.largest,
        trust: Reloading<TrustBasis>? = nil
    ) {
        self.databasePath = databasePath
        self.socketPath = socketPath
        self.mode = mode
        self.control = control
        self.connectionLimit = connectionLimit
        self.halfLinePatience = halfLinePatience
        self.retryPause = retryPause
        self.queueLimit = queueLimit
        self.ballast = ballast
        self.trust = trust
    }
}
