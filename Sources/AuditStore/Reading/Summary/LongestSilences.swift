import CertCore

/// The longest stretches between arrivals.
struct LongestSilences {
    private var latest: Int64?
    private var stretches: [AuditCompleteness.Silence] = []
    private var shortest: Int64 = 60_000

    /// Takes an arrival in milliseconds; a clock that went back makes no silence.
    mutating func add(arrival: Int64) {
        guard let latest else {
            self.latest = arrival
            return
        }
        guard arrival > latest else { return }
        if arrival - latest > shortest { keep(latest, arrival) }
        self.latest = arrival
    }

    /// The longest first; stretches of less than a minute are none.
    var list: [AuditCompleteness.Silence] { stretches }

    private mutating func keep(_ start: Int64, _ end: Int64) {
        stretches.append(.init(start: Timestamp(milliseconds: start), end: Timestamp(milliseconds: end)))
        stretches.sort { ($0.length, $1.start) > ($1.length, $0.start) }
        guard stretches.count > AuditCompleteness.mostStretches else { return }
        stretches.removeLast()
        shortest = stretches.last?.length ?? shortest
    }
}
