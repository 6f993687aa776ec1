/// The extremes of the events of one segment: what finds a time range without an index on time.
struct SegmentRange: Hashable {
    /// The segment's number: event id >> 16.
    let segment: Int64
    var events: Int64 = 0
    var timeMin = Int64.max
    var timeMax = Int64.min
    var receivedMin = Int64.max
    var receivedMax = Int64.min

    /// Takes one event in.
    @inline(__always)
    mutating func add(time: Int64, received: Int64) {
        events += 1
        if time < timeMin { timeMin = time }
        if time > timeMax { timeMax = time }
        if received < receivedMin { receivedMin = received }
        if received > receivedMax { receivedMax = received }
    }
}
