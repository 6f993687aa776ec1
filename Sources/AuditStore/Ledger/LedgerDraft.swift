import CertCore

/// What a batch adds to the ledger: worked out within its transaction, kept once that is durable.
struct LedgerDraft {
    /// The most events of a segment.
    static let mostEvents: Int64 = 65_536

    /// The segment that goes on after the batch.
    private(set) var running: RunningSegment
    /// Segments that the batch filled.
    private(set) var sealed: [(body: SegmentBody, head: SHA256Digest)] = []
    /// The tree over all sealed segments.
    private(set) var top: MerkleFrontier
    /// Entries to store, with their ids.
    private(set) var entries: [(id: Int64, entry: LedgerEntry)] = []
    /// The checkpoint to store.
    var note: CheckpointNote?
    /// The buffer that records are built in.
    var record = LedgerRecord()

    private let now: Int64

    /// A draft that goes on where the ledger stands; `now` in Unix milliseconds.
    init(running: RunningSegment, top: MerkleFrontier, now: Int64) {
        self.running = running
        self.top = top
        self.now = now
    }

    /// Adds a leaf that is no event.
    mutating func append(_ leaf: SHA256Digest, to tree: LedgerTree) {
        open()
        running.trees[tree].frontier.append(leaf)
    }

    /// Adds an entry about a row that may change.
    mutating func append(_ entry: LedgerEntry) {
        let id = running.trees[.entries].next
        entries.append((id, entry))
        append(record.entry(id: id, entry), to: .entries)
    }

    /// Adds the leaves of events; a full segment is sealed and the next one begun.
    mutating func append(_ events: ContiguousArray<PendingEvent>) {
        var index = 0
        while index < events.count {
            open()
            var frontier = running.trees[.events].frontier
            let end = min(events.count, index + Int(Self.mostEvents - frontier.count))
            while index < end {
                frontier.append(events[index].leaf)
                index += 1
            }
            running.trees[.events].frontier = frontier
            if frontier.count >= Self.mostEvents { seal() }
        }
    }

    /// Ends the running segment; one without leaves goes on.
    mutating func seal() {
        guard !running.trees.isEmpty else { return }
        let body = SegmentBody(running, sealed: now)
        let head = body.head
        sealed.append((body, head))
        top.append(head)
        running = RunningSegment(
            number: running.number + 1,
            opened: now,
            previous: head,
            trees: running.trees.following
        )
    }

    /// Goes on at other ids; the running segment has no leaves.
    mutating func goOn(at firsts: [Int64]) {
        running.trees = LedgerTrees(firsts: firsts)
    }

    /// A segment's time begins with its first leaf.
    private mutating func open() {
        if running.trees.isEmpty { running.opened = now }
    }
}
