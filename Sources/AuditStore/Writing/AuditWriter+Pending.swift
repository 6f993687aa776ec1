package import CertCore

extension AuditWriter {
    /// How many events the loss rows of the open batch stand for, by kind.
    package var pendingLosses: [String: UInt64] {
        var counts: [String: UInt64] = [:]
        for loss in batch.losses { counts[loss.kind.rawValue, default: 0] += UInt64(clamping: loss.count) }
        return counts
    }

    /// Consumes the sequence number of an event that is not stored; a loss row must tell of it in the same batch.
    ///
    /// - Returns: `repeated` when the number was taken before: the event is stored, or was refused, already.
    package func skip(
        _ sequence: UInt64,
        producer: ProducerHandle,
        session: SessionID,
        now: Timestamp
    ) -> Appended {
        if let repeated = dropRepeat(producer, sequence) { return repeated }
        advance(producer, to: sequence, session: session, now: now.milliseconds)
        return .stored
    }
}
