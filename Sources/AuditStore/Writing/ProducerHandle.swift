/// A producer that is attached to a session.
package struct ProducerHandle: Hashable, Sendable {
    /// The id of the `producer` row.
    package let id: Int64
    /// The greatest sequence number that was durable when the producer attached: what the hello answers as `last`.
    package let lastSequence: UInt64
}

/// Up to where the events of a producer are durable.
package struct ProducerAck: Hashable, Sendable {
    /// The id of the `producer` row.
    package let producer: Int64
    /// The greatest durable sequence number.
    package let sequence: UInt64
}
