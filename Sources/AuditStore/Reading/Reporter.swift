/// The connection that reported an event, as the kernel and its hello described it.
public struct Reporter: Hashable, Sendable {
    /// The session in the database.
    public let session: Int64
    /// The producer's uuid in acknowledged mode.
    public let producer: String?
    /// The application's own name, from its hello.
    public let application: String?
    /// The process id the kernel gave at accept.
    public let pid: Int?
    /// The user id the kernel gave at accept.
    public let uid: Int?
    /// The group id the kernel gave at accept.
    public let gid: Int?

    /// Makes a reporter from its parts.
    package init(
        session: Int64,
        producer: String? = nil,
        application: String? = nil,
        pid: Int? = nil,
        uid: Int? = nil,
        gid: Int? = nil
    ) {
        self.session = session
        self.producer = producer
        self.application = application
        self.pid = pid
        self.uid = uid
        self.gid = gid
    }
}
