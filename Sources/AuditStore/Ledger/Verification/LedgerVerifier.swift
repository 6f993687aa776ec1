package import CertCore
import Dispatch
import GRDB
import Glibc
import Synchronization

/// Checks a database against its ledger, and the ledger against the checkpoints that were kept outside.
///
/// Memory does not grow with the database. A collector may write meanwhile; what it adds is not looked at.
package final class LedgerVerifier: Sendable {
    /// How far a verification has come.
    package struct Progress: Sendable {
        /// Segments that are done, and how many there are.
        package var done: Int64
        package var total: Int64
    }

    private let path: String
    private let checkpoints: CheckpointFile
    private let keys: [Ed25519PublicKey]
    private let workers: Int
    private let state = Mutex(LedgerReport())

    /// Prepares a verification.
    ///
    /// - Parameters:
    ///   - path: The database.
    ///   - checkpoints: The file of checkpoints; nil for the one beside the database.
    ///   - keys: The identities that may have signed; when empty, that of the first checkpoint.
    ///   - workers: Threads that read segments.
    package init(path: String, checkpoints: String? = nil, keys: [Ed25519PublicKey] = [], workers: Int = 2) {
        self.path = path
        self.checkpoints = checkpoints.map { CheckpointFile(path: $0) } ?? CheckpointFile(database: path)
        self.keys = keys
        self.workers = max(1, workers)
    }

    /// Checks everything; blocks until it is done.
    ///
    /// - Parameter progress: Called now and then, from any thread.
    /// - Throws: What keeps the database from being opened; a page that cannot be read later is a finding.
    package func run(progress: @escaping @Sendable (Progress) -> Void = { _ in }) throws(StoreError) -> LedgerReport {
        // The file first: what it says by now is in the database when that is opened.
        let file = CheckpointFileReader(checkpoints)
        let hasFile = file != nil
        let reader: AuditReader
        do {
            reader = try AuditReader(path: path)
        } catch {
            guard hasFile, error.code == .notADatabase || error.code == .corrupt || error.code == .io else {
                throw error
            }
            add([LedgerFinding(.unreadable, "the file is damaged so that it cannot be opened")])
            return state.withLock { $0 }
        }
        state.withLock { $0.hasCheckpointFile = hasFile }
        guard let chain = try walk(reader, file) else { return state.withLock { $0 } }
        checkSegments(chain.sealed, progress)
        attempt { try reader.read { try self.checkRest($0, chain) } }
        return state.withLock { $0 }
    }

    /// Walks along the chain; nil when there is nothing further to look at.
    private func walk(_ reader: AuditReader, _ file: CheckpointFileReader?) throws(StoreError) -> ChainCheck? {
        var chain = ChainCheck(CheckpointCheck(file: file, keys: keys))
        var isComplete = false
        attempt {
            try reader.read { snapshot in
                guard try snapshot.hasLedger else { return try self.countUncovered(snapshot, chain) }
                try chain.run(snapshot)
                if let running = chain.running {
                    let check = SegmentCheck(snapshot.db, try SegmentContent(snapshot.db))
                    self.take(try check.running(running))
                }
                if let ends = chain.ends {
                    let check = SegmentCheck(snapshot.db, try SegmentContent(snapshot.db))
                    self.add(try check.behind(ends, chain.running?.number ?? max(0, chain.sealed - 1)))
                }
                try self.countUncovered(snapshot, chain)
                isComplete = true
            }
        }
        let walked = chain
        add(walked.findings)
        add(walked.checkpoints.findings)
        state.withLock { report in
            report.checkpoints = walked.checkpoints.count
            report.newest = walked.checkpoints.newest
            report.firstEvent = walked.firstEvent
            report.segments = walked.sealed + (walked.running == nil ? 0 : 1)
        }
        return isComplete ? walked : nil
    }

    private func countUncovered(_ snapshot: Snapshot, _ chain: ChainCheck) throws {
        let count = try Int64.fetchOne(
            snapshot.db,
            sql: "SELECT count(*) FROM event WHERE id < ?",
            arguments: [chain.firstEvent ?? Int64.max]
        )
        state.withLock { $0.uncoveredEvents = count ?? 0 }
    }

    /// Segments are independent of each other: each is compared with its own head.
    private func checkSegments(_ sealed: Int64, _ progress: @escaping @Sendable (Progress) -> Void) {
        let next = Atomic<Int64>(-1)
        let done = Atomic<Int64>(0)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            attempt {
                let reader = try AuditReader(path: path)
                var content: SegmentContent?
                // The structure of the file is a piece of work beside the segments, which follow from 0.
                while case let number = next.add(1, ordering: .relaxed).oldValue, number < sealed {
                    guard number >= 0 else {
                        attempt { try reader.read { try self.checkPages($0) } }
                        continue
                    }
                    attempt(segment: number) {
                        try reader.read { try self.checkSegment(number, $0, &content) }
                    }
                    progress(Progress(done: done.add(1, ordering: .relaxed).newValue, total: sealed))
                }
            }
        }
    }

    /// The statements and caches of a thread serve all of its segments.
    private func checkSegment(_ number: Int64, _ snapshot: Snapshot, _ content: inout SegmentContent?) throws {
        let known = try content ?? SegmentContent(snapshot.db)
        content = known
        take(try SegmentCheck(snapshot.db, known).sealed(number))
    }

    private func checkPages(_ snapshot: Snapshot) throws {
        let answer = try Row.fetchOne(snapshot.db, sql: "PRAGMA quick_check(1)")
        if answer?.text(0) != "ok" {
            add([LedgerFinding(.unreadable, "the structure of the file is damaged")])
        }
    }

    private func checkRest(_ snapshot: Snapshot, _ chain: ChainCheck) throws {
        var entries = EntryCheck(snapshot)
        try entries.run()
        add(entries.findings)
        var prunes = PruneCheck()
        try prunes.run(snapshot, identity: keys.first ?? chain.checkpoints.newest?.claim.identity)
        add(prunes.findings)
    }

    /// Runs a part; what cannot be read is a finding, and the other parts go on.
    private func attempt(segment: Int64? = nil, _ part: () throws -> Void) {
        do {
            try part()
        } catch {
            let failure = StoreError(error, path: path)
            let cause = failure.cause.map { ": \($0)" } ?? ""
            add([LedgerFinding(.unreadable, segment: segment, failure.message + cause)])
        }
    }

    private func take(_ result: SegmentCheck.Result) {
        state.withLock { report in
            report.events += result.events
            report.prunedEvents += result.pruned
            report.add(result.findings)
        }
    }

    private func add(_ findings: [LedgerFinding]) {
        guard !findings.isEmpty else { return }
        state.withLock { $0.add(findings) }
    }
}

extension Snapshot {
    /// Whether the database is of a schema that has a ledger.
    var hasLedger: Bool {
        get throws { try db.tableExists("ledger_segment") }
    }
}
