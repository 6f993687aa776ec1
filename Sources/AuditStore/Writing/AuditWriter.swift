package import CertCore
import Dispatch

/// The one writer of a database: takes events, commits them durably, keeps the derived tables.
///
/// Confined to one thread; only ``beginCommit(now:wake:)`` uses a second one, to write a batch while the next one grows. It holds the writer lock `<database>.lock` from its creation to ``close(now:)`` or its end.
/// Nothing touches the disk between commits but questions about names that were not used lately.
package final class AuditWriter {
    /// The database file.
    package let path: String

    let lookups: Lookups
    let store: BatchStore

    var names: NameInterner
    var contexts: TupleInterner<ContextKey>
    var verdicts: VerdictFinder
    var reverifier = Reverifier()
    var certificates: CertificateRegistry
    var batch: PendingBatch
    var sessions: [Int64: SessionState] = [:]
    var producers: [Int64: ProducerState] = [:]
    var producerIDs: [ProducerKey: Int64] = [:]
    var nextSession: Int64
    var nextProducer: Int64
    var nextPrune: Int64
    /// The first segment that retention has to look at.
    var retentionStart: Int64 = 0
    /// The buffer that events' records are built in.
    var record = LedgerRecord()

    /// What was taken out of the batch and is not durable yet: under way, or failed and to be tried again.
    var taken: CommitPackage?
    /// The commit under way on the commit thread.
    var running: RunningCommit?
    /// The memory of a batch that is durable, for the next one.
    var spareEvents: ContiguousArray<PendingEvent> = []
    let commitQueue = DispatchQueue(label: "mtlstop.commit", qos: .userInitiated)

    let lock: WriterLock

    /// Opens a database for writing; makes it and the directories above it where they are missing.
    ///
    /// Files are made readable by their owner only. Roll-ups that a crash left behind are brought up to date.
    ///
    /// - Throws: ``StoreError``: `heldByAnother` names the pid of the other writer, `notADatabase` and `newerSchema`
    ///   say that the file is not ours to write.
    package convenience init(path: String, now: Timestamp) throws(StoreError) {
        try DatabaseCreation.makeDirectories(for: path)
        let lock = try WriterLock(database: path)
        let connection = try WriteConnection(path: path, now: now.milliseconds)
        let start = try connection.perform { db in try StartingPoint(db, connection, now: now.milliseconds) }
        self.init(lock, connection, start)
        try start.replay.run(start.rollups, now: now.milliseconds)
    }

    private init(_ lock: WriterLock, _ connection: WriteConnection, _ start: StartingPoint) {
        self.lock = lock
        path = connection.path
        lookups = start.lookups
        store = BatchStore(connection, start)
        nextPrune = start.lastPrune + 1
        names = NameInterner(lastID: start.ledger.next(.names) - 1)
        contexts = TupleInterner(lastID: start.lastContext, isEmpty: start.lastContext == 0)
        verdicts = VerdictFinder(lastID: start.lastVerdict)
        certificates = CertificateRegistry(lastID: start.lastCertificate)
        batch = PendingBatch(firstID: start.ledger.next(.events))
        nextSession = start.lastSession + 1
        nextProducer = start.lastProducer + 1
    }

    deinit {
        // The lock file is given up after the last write.
        _ = running?.wait()
    }

    /// Events that wait for a commit that has not begun, and those whose commit failed.
    package var pendingEvents: Int {
        batch.events.count + (running == nil ? taken?.batch.events.count ?? 0 : 0)
    }

    /// Whether a commit would write anything, or one is under way.
    package var hasPendingWork: Bool { taken != nil || hasPendingRows }

    /// Whether something waits that no commit has taken.
    var hasPendingRows: Bool {
        batch.hasRows || names.hasPending || contexts.hasPending || verdicts.hasPending || certificates.hasPending
            || sessions.values.contains(where: \.isDirty) || producers.values.contains(where: \.isDirty)
    }

    /// The id of the last event that was taken, committed or not; 0 in a new database.
    package var lastEventID: Int64 { batch.nextID - 1 }
}

/// A producer's name is its uuid under the uid that the kernel vouches for.
struct ProducerKey: Hashable {
    let uid: UInt32
    let uuid: String
}

// The writing half, for whoever needs it between commits: each waits for the commit under way.
extension AuditWriter {
    private var idleStore: BatchStore {
        _ = running?.wait()
        return store
    }

    var connection: WriteConnection { idleStore.connection }
    var rollups: Rollups { idleStore.rollups }
    var ledger: Ledger { idleStore.ledger }
    var retention: RetentionStatements { idleStore.retention }
    var run: CollectorRun { idleStore.run }
}
