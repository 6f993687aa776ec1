package import CertCore

extension AuditWriter {
    /// How many events the loss rows stand for that wait for a commit, by kind; those under way are not among them.
    package var pendingLosses: [String: UInt64] {
        let failed = running == nil ? taken?.losses ?? [:] : [:]
        return batch.lossCounts.merging(failed, uniquingKeysWith: +)
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
