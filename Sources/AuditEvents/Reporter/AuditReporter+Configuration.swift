extension AuditReporter {
    /// What a reporter needs to know.
    public struct Configuration: Sendable {
        /// The collector's intake socket.
        public var socketPath: String
        /// Name and version of the application, as `checkout/1.4.2`.
        public var application: String?
        /// The producer's UUID; nil for a new one.
        ///
        /// No two running reporters may share one.
        public var producer: String?
        /// How many events wait for their acknowledgement at most.
        public var capacity: Int
        /// How many bytes these may take at most.
        public var byteCapacity: Int
        /// The service of events that name none.
        public var service: String?
        /// The source of events that name none.
        public var source: String?

        /// A configuration; only the socket's path has no default.
        public init(
            socketPath: String,
            application: String? = nil,
            producer: String? = nil,
            capacity: Int = 8192,
            byteCapacity: Int = 64 << 20,
            service: String? = nil,
            source: String? = nil
        ) {
            self.socketPath = socketPath
            self.application = application
            self.producer = producer
            self.capacity = capacity
            self.byteCapacity = byteCapacity
            self.service = service
            self.source = source
        }
    }

    /// What a reporter has done so far.
    public struct Statistics: Hashable, Sendable {
        /// Events taken and not acknowledged yet.
        public var queued: Int
        /// Events the collector has on disk, those it refused included.
        public var acknowledged: UInt64
        /// Events that found no room.
        public var dropped: UInt64
        /// Lines the collector called bad.
        public var refused: UInt64
        /// Connections on which the collector said hello.
        public var connections: UInt64
        /// Whether there is such a connection now.
        public var isConnected: Bool
        /// The collector's last notice or error code, if any.
        public var lastNotice: String?
    }
}
