package import AuditEvents

/// What became of an event that was handed to the writer.
package enum Appended: Hashable, Sendable {
    /// It is part of the batch.
    case stored
    /// It was stored before and is dropped; `last` is the greatest sequence number that is durable.
    case repeated(last: UInt64)
    /// It is part of the batch, without its certificate, which is unreadable or too large.
    case storedWithoutCertificate(LineError.Code)
}
