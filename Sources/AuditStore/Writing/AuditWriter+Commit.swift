package import CertCore
import GRDB

extension AuditWriter {
    /// Makes the batch durable: one transaction, fsynced when this returns.
    ///
    /// A commit that is under way is waited for. After an error nothing of the batch is stored and nothing is lost: it
    /// stays in memory, and the next call tries again on the same connection.
    ///
    /// - Returns: Up to where each producer that sent something is durable now.
    package func commit(now: Timestamp) throws(StoreError) -> [ProducerAck] {
        var acks = try finishTaken(now: now)
        guard hasPendingRows || ledger.isSealDue(now: now.milliseconds) else { return acks }
        try storeNow(takePackage(), now: now, isLast: false, &acks)
        return acks
    }

    /// Makes the batch durable on a thread of its own, while this one takes more; nothing else is under way.
    ///
    /// Until ``finishedCommit()`` gives the result, everything that needs the database waits for it. A batch that
    /// failed stays in memory, and ``commit(now:)`` tries it again before anything newer.
    ///
    /// - Parameter wake: Called on the other thread when the result is there.
    package func beginCommit(now: Timestamp, wake: @escaping @Sendable () -> Void) {
        guard taken == nil, hasPendingRows else { return }
        let package = takePackage()
        taken = package
        running = RunningCommit(package, store, now: now.milliseconds, on: commitQueue, wake: wake)
    }

    /// Whether a batch was handed to the commit thread and its result not asked for.
    package var isCommitting: Bool { running != nil }

    /// The result of the commit under way; nil while there is none yet.
    ///
    /// - Parameter waits: true to wait for it.
    package func finishedCommit(waits: Bool) throws(StoreError) -> [ProducerAck]? {
        guard let commit = running, waits || commit.isDone else { return nil }
        let result = commit.wait()
        running = nil
        try result.get()
        var acks: [ProducerAck] = []
        settle(commit.package, &acks)
        return acks
    }

    /// Seals what has run for a minute, when nothing else is committed that would; cheap to ask.
    package func sealIfDue(now: Timestamp) throws(StoreError) {
        guard !hasPendingWork, ledger.isSealDue(now: now.milliseconds) else { return }
        _ = try commit(now: now)
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
        var acks = try finishTaken(now: now)
        if hasPendingRows || hasUnsealed { try storeNow(takePackage(), now: now, isLast: true, &acks) }
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
}

// What is handed over, and what follows when it is durable.
extension AuditWriter {
    /// Waits for the commit under way; what failed is tried again here.
    private func finishTaken(now: Timestamp) throws(StoreError) -> [ProducerAck] {
        var acks: [ProducerAck] = []
        if let commit = running {
            running = nil
            if case .success = commit.wait() { settle(commit.package, &acks) }
        }
        if let taken { try storeNow(taken, now: now, isLast: false, &acks) }
        return acks
    }

    private func storeNow(
        _ package: CommitPackage,
        now: Timestamp,
        isLast: Bool,
        _ acks: inout [ProducerAck]
    ) throws(StoreError) {
        taken = package
        try store.store(package, now: now.milliseconds, isLast: isLast)
        settle(package, &acks)
    }

    /// Takes all that waits out of the writer; the next batch begins empty.
    private func takePackage() -> CommitPackage {
        var package = CommitPackage(batch: batch)
        batch = PendingBatch(following: batch, events: spareEvents)
        spareEvents = []
        package.names = names.takePending()
        package.contexts = contexts.takePending()
        package.verdicts = verdicts.takePending()
        package.certificates = certificates.takePending()
        for state in sessions.values where state.isDirty {
            package.sessions.append(CommitPackage.Session(state: state, producer: producers[state.producer]))
            sessions[state.id]?.isDirty = false
            sessions[state.id]?.notedProducer = state.producer
        }
        for state in producers.values where state.isDirty {
            package.producers.append(state)
            producers[state.id]?.isDirty = false
        }
        return package
    }

    /// Forgets what is durable now.
    private func settle(_ package: CommitPackage, _ acks: inout [ProducerAck]) {
        taken = nil
        names.age()
        contexts.age()
        verdicts.age()
        reverifier.age()
        certificates.age()
        for session in package.sessions where session.state.ended != nil {
            if sessions[session.state.id]?.isDirty == false { sessions[session.state.id] = nil }
        }
        for state in package.producers {
            producers[state.id]?.durable = state.last
            acks.removeAll { $0.producer == state.id }
            acks.append(ProducerAck(producer: state.id, sequence: state.last))
        }
        for (id, state) in producers where state.isIdle {
            producers[id] = nil
            producerIDs[ProducerKey(uid: state.uid, uuid: state.uuid)] = nil
        }
        reuse(package.batch.events)
    }

    /// The memory of a batch serves the next but one; an unusually large one is given back.
    private func reuse(_ events: ContiguousArray<PendingEvent>) {
        guard events.count <= 20_000 else { return }
        spareEvents = events
        spareEvents.removeAll(keepingCapacity: true)
    }
}
