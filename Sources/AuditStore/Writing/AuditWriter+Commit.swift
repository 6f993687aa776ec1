package import CertCore
import GRDB

extension AuditWriter {
    /// Makes the batch durable: one transaction, fsynced when this returns.
    ///
    /// After an error nothing is stored and nothing is lost: the batch stays in memory, and the next call tries again
    /// on the same connection.
    ///
    /// - Returns: Up to where each producer that sent something is durable now.
    package func commit(now: Timestamp) throws(StoreError) -> [ProducerAck] {
        guard hasPendingWork else { return [] }
        let flushes = rollups.isDue(now: now.milliseconds)
        var range: SegmentRange?
        try connection.transaction { _ in
            range = try writeBatch()
            if flushes { try rollups.write(now: now.milliseconds) }
        }
        if flushes { rollups.flushed(now: now.milliseconds) }
        segments.committed(range)
        rollups.add(batch.events, firstID: batch.firstID)
        let acks = settle()
        connection.checkpointIfLarge(idle: false)
        return acks
    }

    /// Brings the derived tables up to the last committed event; called when nothing else is to do.
    package func flushRollups(now: Timestamp) throws(StoreError) {
        try rollups.flush(connection, now: now.milliseconds)
        connection.checkpointIfLarge(idle: true)
    }

    /// Commits, flushes, empties the WAL and lets another process write; nothing may be called after it.
    ///
    /// After an error the writer is still open and may be closed again.
    package func close(now: Timestamp) throws(StoreError) {
        for id in sessions.keys { endSession(SessionID(rawValue: id), now: now) }
        _ = try commit(now: now)
        try flushRollups(now: now)
        connection.emptyLog()
        lock.release()
    }

    /// The names of derived tables that differ from a recount of all events; empty when all agree.
    ///
    /// Reads every event. Hours before the kept eight days are not compared.
    package func derivedDifferences(now: Timestamp) throws(StoreError) -> [String] {
        let hour = RollupSpan.hour.bucket(ofMilliseconds: now.milliseconds) - Rollups.hoursKept
        return try connection.perform { db in try RollupCheck.differences(db, fromHour: max(0, hour)) }
    }

    private func writeBatch() throws -> SegmentRange? {
        try names.write(statements)
        try contexts.write { id, key in try statements.write(context: id, key) }
        try verdicts.write(statements)
        try certificates.write(statements.certificates)
        for state in sessions.values where state.isDirty { try statements.write(state) }
        for state in producers.values where state.isDirty { try statements.write(state) }
        try inserter.insert(batch.events, firstID: batch.firstID)
        for loss in batch.losses { try statements.write(loss) }
        for line in batch.badLines { try statements.write(line) }
        for (path, position) in batch.positions { try statements.write(position, of: path) }
        return try segments.write(batch.events, firstID: batch.firstID)
    }

    /// Forgets what is durable now.
    private func settle() -> [ProducerAck] {
        names.committed()
        contexts.committed()
        verdicts.committed()
        reverifier.age()
        certificates.committed()
        batch.committed()
        for (id, state) in sessions where state.isDirty {
            sessions[id] = state.ended == nil ? state.settled : nil
        }
        var acks: [ProducerAck] = []
        for (id, state) in producers where state.isDirty || state.isIdle {
            if state.isDirty { acks.append(ProducerAck(producer: id, sequence: state.last)) }
            let settled = state.settled
            producers[id] = settled.isIdle ? nil : settled
            if settled.isIdle { producerIDs[ProducerKey(uid: state.uid, uuid: state.uuid)] = nil }
        }
        return acks
    }
}

extension SessionState {
    /// The state after its row was stored.
    fileprivate var settled: SessionState {
        var state = self
        state.isDirty = false
        return state
    }
}

extension ProducerState {
    /// The state after its row was stored.
    fileprivate var settled: ProducerState {
        var state = self
        state.isDirty = false
        state.durable = last
        return state
    }
}
