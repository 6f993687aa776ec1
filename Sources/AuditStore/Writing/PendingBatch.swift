/// What waits for the next commit besides names and certificates.
struct PendingBatch {
    /// Events in order of their ids.
    var events: ContiguousArray<PendingEvent> = []
    /// The id of the first of them.
    var firstID: Int64
    var losses: [PendingLoss] = []
    var badLines: [PendingBadLine] = []
    /// How far followed files are read, by path.
    var positions: [String: FollowedPosition] = [:]
    var prunes: [PruneRecord] = []

    /// An empty batch.
    init(firstID: Int64) {
        self.firstID = firstID
    }

    /// The id that the next event gets.
    var nextID: Int64 { firstID + Int64(events.count) }
    /// Whether rows wait.
    var hasRows: Bool {
        !events.isEmpty || !losses.isEmpty || !badLines.isEmpty || !positions.isEmpty || !prunes.isEmpty
    }

    /// The empty batch after another one, in memory that was used before.
    init(following batch: PendingBatch, events: ContiguousArray<PendingEvent>) {
        firstID = batch.nextID
        self.events = events
    }
}
