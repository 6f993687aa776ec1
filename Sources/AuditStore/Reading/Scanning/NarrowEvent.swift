/// A row of `event` as the integers it is stored as; names and certificates are still numbers.
struct NarrowEvent {
    /// The event's id.
    var id: Int64
    /// When it happened, in milliseconds.
    var time: Int64
    /// 0 for authenticated.
    var outcome: Int64
    /// The certificate's row; 0 without one.
    var certificate: Int64
    /// The client's address; 0 without one.
    var address: Int64
    /// The request target; 0 without one.
    var path: Int64
    /// The verdict's row.
    var verdict: Int64
    /// The context's row.
    var context: Int64
    /// Time of arrival minus time, in milliseconds.
    var lag: Int64
    /// The client's port; -1 without one.
    var port: Int64
    /// The bits of `EventMarks`.
    var marks: Int64

    /// True when the client was let in.
    var isAccepted: Bool { outcome == 0 }

    /// Whether sums and differences of the times and ids stay within 64 bits.
    @inline(__always)
    var isPlausible: Bool { id.isPlausible && time.isPlausible && lag.isPlausible && port.isPlausible }

    /// The columns of `event e` in the order of the members.
    static let columns = """
        e.id, e.ts, e.outcome, e.cert, e.ip, e.path, e.verdict, e.context, e.lag, e.port, e.marks
        """
}
