package import CertCore
import GRDB

/// The one writer of a database: takes events, commits them durably, keeps the derived tables.
///
/// Confined to one thread. It holds the writer lock `<database>.lock` from its creation to ``close(now:)`` or its end.
/// Nothing touches the disk between commits but questions about names that were not used lately.
package final class AuditWriter {
    /// The database file.
    package let path: String

    let connection: WriteConnection
    let lookups: Lookups
    let statements: WriteStatements
    let inserter: EventInserter
    let segments: SegmentTracker
    let rollups: Rollups
    let ledger: Ledger
    let retention: RetentionStatements
    let run: CollectorRun

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
        self.connection = connection
        path = connection.path
        lookups = start.lookups
        statements = start.statements
        inserter = start.inserter
        segments = start.segments
        rollups = start.rollups
        ledger = start.ledger
        retention = start.retention
        run = start.run
        nextPrune = start.lastPrune + 1
        names = NameInterner(lastID: start.ledger.next(.names) - 1)
        contexts = TupleInterner(lastID: start.lastContext, isEmpty: start.lastContext == 0)
        verdicts = VerdictFinder(lastID: start.lastVerdict)
        certificates = CertificateRegistry(lastID: start.lastCertificate)
        batch = PendingBatch(firstID: start.ledger.next(.events))
        nextSession = start.lastSession + 1
        nextProducer = start.lastProducer + 1
    }

    /// Events that wait for a commit.
    package var pendingEvents: Int { batch.events.count }

    /// Whether a commit would write anything.
    package var hasPendingWork: Bool {
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
