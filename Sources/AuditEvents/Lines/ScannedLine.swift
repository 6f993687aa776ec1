package import CertCore

/// The first line of an acknowledged connection.
package struct Hello: Hashable, Sendable {
    /// The protocol's version, 1.
    package let version: Int
    /// The producer's UUID in lower case; always there when `ack` is true.
    package let producer: String?
    /// Name and version of the application, as it says.
    package let app: String?
    /// Whether acknowledgements are wanted.
    package let ack: Bool

    package init(version: Int, producer: String?, app: String?, ack: Bool) {
        self.version = version
        self.producer = producer
        self.app = app
        self.ack = ack
    }
}

/// What one line of the intake socket says.
package enum ScannedLine {
    case event(ScannedEvent)
    case hello(Hello)
    /// The client is done: flush, acknowledge, close.
    case bye
    /// The client had to drop events.
    case drop(count: UInt64, since: Timestamp?)
    /// A certificate that was asked for: base64 text of its DER, valid until the next scan.
    case certificate(UnsafeRawBufferPointer)
    /// Nothing but white space: a sign of life.
    case empty
}
