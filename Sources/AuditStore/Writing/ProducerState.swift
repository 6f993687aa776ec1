/// What the writer knows of a producer that is attached, or that has something waiting for a commit.
struct ProducerState {
    let id: Int64
    let uid: UInt32
    let uuid: String
    /// The greatest sequence number that is committed.
    var durable: UInt64
    /// The greatest sequence number that was taken, committed or not.
    var last: UInt64
    /// Events its gaps and drops stand for.
    var lost: Int64
    /// Events that came twice and were dropped.
    var repeated: Int64
    /// The name id of its application, 0 when it gave none.
    var application: Int64
    /// Sessions it is attached to.
    var sessions = 0
    /// Whether the next commit writes the row.
    var isDirty: Bool

    /// The state of a stored producer.
    init(id: Int64, uid: UInt32, uuid: String, durable: UInt64, lost: Int64, repeated: Int64, application: Int64) {
        self.id = id
        self.uid = uid
        self.uuid = uuid
        self.durable = durable
        self.last = durable
        self.lost = lost
        self.repeated = repeated
        self.application = application
        isDirty = false
    }

    /// The state of a producer that is met for the first time.
    init(newID: Int64, uid: UInt32, uuid: String, application: Int64) {
        self.init(id: newID, uid: uid, uuid: uuid, durable: 0, lost: 0, repeated: 0, application: application)
        isDirty = true
    }

    /// Moves on when this is the very next number; false, and nothing changed, when it is another one.
    mutating func goOn(to sequence: UInt64) -> Bool {
        guard sequence == last &+ 1 else { return false }
        last = sequence
        isDirty = true
        return true
    }

    /// Whether nothing needs it in memory.
    var isIdle: Bool { sessions == 0 && !isDirty }
}
