/// The integers of an event's row that hold more than one number, as ``Migration/version4`` takes them apart.
///
/// Exact for every time that an event may have (1970 to 9999) and every time of arrival.
struct PackedEvent: Hashable {
    /// Time and outcome: `ts` times four and the outcome in the lowest two bits.
    let moment: Int64
    /// The verdict in 32 bits, the marks in the next eight, and above them the part of the lag that is a multiple of
    /// 2⁴⁶ ms (2,230 years); just the verdict in nearly every row.
    let finding: Int64
    /// The rest of the lag times 2¹⁷, and the port plus one in the lowest 17 bits, 0 for none.
    let arrival: Int64

    /// Packs the numbers of an event; `port` is -1 for none.
    @inline(__always)
    init(time: Int64, received: Int64, outcome: UInt8, verdict: Int64, marks: Int64, port: Int32) {
        let lag = received &- time
        let far = (lag &+ 1 << 45) >> 46
        moment = time << 2 | Int64(outcome) & 3
        finding = verdict & 0xFFFF_FFFF | (marks & 0xFF) << 32 | far << 40
        arrival = (lag &- far << 46) << 17 | Int64(port &+ 1) & 0x1_FFFF
    }
}
