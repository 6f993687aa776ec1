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
        guard hasPendingWork || ledger.isSealDue(now: now.milliseconds) else { return [] }
        return try commit(now: now, isLast: false)
    }

    /// Seals what has run for a minute, when nothing else is committed that would; cheap to ask.
    package func sealIfDue(now: Timestamp) throws(StoreError) {
        guard ledger.isSealDue(now: now.milliseconds), !hasPendingWork else { return }
        _ = try commit(now: now, isLast: false)
    }

    /// Notes once a minute that the writer lives though nothing comes in; cheap to ask.
    package func noteLife(now: Timestamp) throws(StoreError) {
        guard run.isDue(now: now.milliseconds, isIdle: true) else { return }
        try connection.transaction { _ in try run.write(now: now.milliseconds) }
        run.noted(now: now.milliseconds)
        connection.checkpointIfLarge(idle: true)
    }

    /// How long at most an idle writer may be left alone before ``noteLife(now:)`` is due, in milliseconds.
    package static var longestRest: Int64 { CollectorRun.idlePulse }

    /// Whether ``sealIfDue(now:)`` will have something to do once its time has come.
    package var hasUnsealed: Bool { ledger.hasUnsealed }

    /// The checkpoints signed since the last question, as signed notes, the oldest first; at most 64 are kept.
    package func takeCheckpoints() -> [String] { ledger.takeCheckpoints().map(\.text) }

    /// Why the files of the ledger beside the database could not be written last time; nil while all is well.
    package var ledgerTrouble: StoreError? { ledger.trouble }

    private func commit(now: Timestamp, isLast: Bool) throws(StoreError) -> [ProducerAck] {
        let flushes = rollups.isDue(now: now.milliseconds)
        let isPulseDue = run.isDue(now: now.milliseconds, isIdle: false)
        var range: SegmentRange?
        var draft = ledger.begin(now: now.milliseconds)
        try connection.transaction { _ in
            range = try writeBatch(&draft)
            if isLast { draft.seal() }
            try ledger.write(&draft, now: now.milliseconds, isLast: isLast)
            if flushes { try rollups.write(now: now.milliseconds) }
            if isPulseDue { try run.write(now: now.milliseconds) }
        }
        ledger.committed(draft, now: now.milliseconds)
        if flushes { rollups.flushed(now: now.milliseconds) }
        if isPulseDue { run.noted(now: now.milliseconds) }
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
        if hasPendingWork || hasUnsealed { _ = try commit(now: now, isLast: true) }
        try flushRollups(now: now)
        // A stop that a full disk keeps out reads as an end without a word; no event waits for it.
        try? connection.transaction { _ in try run.stop(now: now.milliseconds) }
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

    /// Names and certificates before the events that use them: so they stand in the same segment or an earlier one.
    private func writeBatch(_ draft: inout LedgerDraft) throws -> SegmentRange? {
        try names.write(statements, &draft)
        try contexts.write { id, key in try statements.write(context: id, key) }
        try verdicts.write(statements)
        try certificates.write(statements.certificates, &draft)
        for state in sessions.values where state.isDirty { try write(state, &draft) }
        for state in producers.values where state.isDirty { try statements.write(state) }
        for loss in batch.losses {
            let id = draft.running.trees[.losses].next
            try statements.write(loss, id: id)
            draft.append(draft.record.loss(id: id, loss), to: .losses)
        }
        for line in batch.badLines {
            let id = draft.running.trees[.badLines].next
            try statements.write(line, id: id)
            draft.append(draft.record.badLine(id: id, line), to: .badLines)
        }
        for prune in batch.prunes { try write(prune, &draft) }
        try inserter.insert(batch.events, firstID: batch.firstID)
        for (path, position) in batch.positions { try statements.write(position, of: path) }
        draft.append(batch.events)
        return try segments.write(batch.events, firstID: batch.firstID)
    }

    private func write(_ prune: PruneRecord, _ draft: inout LedgerDraft) throws {
        draft.record.fill(prune)
        try retention.write(prune, signature: ledger.signature(of: draft.record.bytes) ?? [])
        draft.append(LedgerEntry(kind: .prune, subject: prune.id, digest: draft.record.digest))
    }

    private func write(_ state: SessionState, _ draft: inout LedgerDraft) throws {
        try statements.write(state)
        guard state.producer != state.notedProducer, let producer = producers[state.producer] else { return }
        let digest = draft.record.producer(session: state.id, uid: Int64(producer.uid), uuid: producer.uuid)
        draft.append(LedgerEntry(kind: .producer, subject: state.id, detail: producer.id, digest: digest))
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
        state.notedProducer = producer
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
