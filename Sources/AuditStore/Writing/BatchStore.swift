/// The half of the writer that writes: the connection, its statements, and the tables that follow the events.
///
/// One thread at a time: while a ``RunningCommit`` is under way that one's, else the writer's.
final class BatchStore {
    let connection: WriteConnection
    let statements: WriteStatements
    let inserter: EventInserter
    let segments: SegmentTracker
    let rollups: Rollups
    let ledger: Ledger
    let retention: RetentionStatements
    let run: CollectorRun

    /// Goes on where the database stands.
    init(_ connection: WriteConnection, _ start: StartingPoint) {
        self.connection = connection
        statements = start.statements
        inserter = start.inserter
        segments = start.segments
        rollups = start.rollups
        ledger = start.ledger
        retention = start.retention
        run = start.run
    }

    /// Makes a package durable: one transaction, fsynced when this returns; after an error nothing of it is stored.
    ///
    /// - Parameters:
    ///   - now: Unix milliseconds.
    ///   - isLast: true when nothing follows, so that the running segment is sealed and signed.
    func store(_ package: CommitPackage, now: Int64, isLast: Bool) throws(StoreError) {
        let flushes = rollups.isDue(now: now)
        let isPulseDue = run.isDue(now: now, isIdle: false)
        var range: SegmentRange?
        var draft = ledger.begin(now: now)
        try connection.transaction { _ in
            range = try write(package, &draft)
            if isLast { draft.seal() }
            try ledger.write(&draft, now: now, isLast: isLast)
            if flushes { try rollups.write(now: now) }
            if isPulseDue { try run.write(now: now) }
        }
        ledger.committed(draft, now: now)
        if flushes { rollups.flushed(now: now) }
        if isPulseDue { run.noted(now: now) }
        segments.committed(range)
        rollups.add(package.batch.events, firstID: package.batch.firstID)
        connection.checkpointIfLarge(idle: false)
    }

    /// Names and certificates before the events that use them: so they stand in the same segment or an earlier one.
    private func write(_ package: CommitPackage, _ draft: inout LedgerDraft) throws -> SegmentRange? {
        try PendingName.write(package.names, statements, &draft)
        for (id, key) in package.contexts { try statements.write(context: id, key) }
        for (id, key) in package.verdicts { try statements.write(verdict: id, key) }
        try CertificateRegistry.write(package.certificates, statements.certificates, &draft)
        for session in package.sessions { try write(session, &draft) }
        for state in package.producers { try statements.write(state) }
        return try write(package.batch, &draft)
    }

    private func write(_ batch: PendingBatch, _ draft: inout LedgerDraft) throws -> SegmentRange? {
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

    private func write(_ session: CommitPackage.Session, _ draft: inout LedgerDraft) throws {
        let state = session.state
        try statements.write(state)
        guard state.producer != state.notedProducer, let producer = session.producer else { return }
        let digest = draft.record.producer(session: state.id, uid: Int64(producer.uid), uuid: producer.uuid)
        draft.append(LedgerEntry(kind: .producer, subject: state.id, detail: producer.id, digest: digest))
    }
}
