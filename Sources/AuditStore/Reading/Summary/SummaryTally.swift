import CertCore

/// The running sums of a summary, by the numbers of the log; nothing is looked up but a certificate's validity.
struct SummaryTally {
    /// The sums of a certificate.
    struct Use {
        var count = AuditSummary.Count()
        var first: Int64 = .max
        var last: Int64 = .min
        var addresses = AddressSet()
        var acceptedOutside: Int64 = 0
        var firstOutside: Int64 = .max
        var lastOutside: Int64 = .min
        var isFirstSeen = false
        let validity: KnownValidity.Validity
    }

    /// The sums of a verdict.
    struct Verdict {
        var count: Int64 = 0
        var first: Int64 = .max
        var last: Int64 = .min
    }

    private let aliases: CertificateAliases
    private let slots: TallySlots?
    private let known: KnownValidity
    private let mostRejections: Int

    private(set) var totals = AuditSummary.Count()
    private(set) var anonymous = AuditSummary.Count()
    private(set) var repaired: Int64 = 0
    private(set) var firstID: Int64?
    private(set) var lastID: Int64 = 0
    private(set) var first: Int64 = .max
    private(set) var last: Int64 = .min
    private(set) var uses: [Use] = []
    private(set) var places: [Int64: Int] = [:]
    private(set) var contexts: [Int64: AuditSummary.Count] = [:]
    private(set) var verdicts: [Int64: Verdict] = [:]
    private(set) var silences = LongestSilences()
    private var rejections: [NarrowEvent] = []
    private var slotCounts: [AuditSummary.Count] = []

    init(aliases: CertificateAliases, slots: TallySlots?, certificates: KnownValidity, mostRejections: Int) {
        self.aliases = aliases
        self.slots = slots
        self.known = certificates
        self.mostRejections = mostRejections
    }

    /// Takes an event; they come in the order of their ids.
    mutating func add(_ event: NarrowEvent) throws {
        totals.add(isAccepted: event.isAccepted)
        if firstID == nil { firstID = event.id }
        lastID = event.id
        first = min(first, event.time)
        last = max(last, event.time)
        if event.marks != 0 { repaired += 1 }
        silences.add(arrival: event.time &+ event.lag)
        contexts[event.context, default: .init()].add(isAccepted: event.isAccepted)
        addToSlot(event)
        if event.certificate == 0 {
            anonymous.add(isAccepted: event.isAccepted)
        } else {
            try addToCertificate(event)
        }
        if !event.isAccepted { addRejection(event) }
    }

    /// The slots from the first to the last one with an event between them.
    var timeline: [TrafficBucket] {
        guard let slots else { return [] }
        return slotCounts.enumerated().map { index, count in
            TrafficBucket(
                start: Timestamp(milliseconds: slots.origin + Int64(index) * slots.width),
                accepted: count.accepted,
                rejected: count.rejected
            )
        }
    }

    /// The newest rejections, oldest first.
    var newestRejections: ArraySlice<NarrowEvent> { rejections.suffix(mostRejections) }

    private mutating func addToSlot(_ event: NarrowEvent) {
        guard let slots, event.time >= slots.origin else { return }
        let slot = Int((event.time - slots.origin) / slots.width)
        if slot >= slotCounts.count {
            guard slot < 4096 else { return }
            slotCounts += Array(repeating: .init(), count: slot + 1 - slotCounts.count)
        }
        slotCounts[slot].add(isAccepted: event.isAccepted)
    }

    private mutating func addToCertificate(_ event: NarrowEvent) throws {
        let id = aliases.isEmpty ? event.certificate : aliases.canonical(event.certificate)
        let place: Int
        if let known = places[id] {
            place = known
        } else {
            place = uses.count
            uses.append(Use(validity: try known.validity(of: id)))
            places[id] = place
        }
        uses[place].add(event)
    }

    private mutating func addRejection(_ event: NarrowEvent) {
        verdicts[event.verdict, default: Verdict()].add(event)
        guard mostRejections > 0 else { return }
        rejections.append(event)
        if rejections.count > 2 * mostRejections { rejections.removeFirst(rejections.count - mostRejections) }
    }
}

extension SummaryTally.Use {
    fileprivate mutating func add(_ event: NarrowEvent) {
        count.add(isAccepted: event.isAccepted)
        first = min(first, event.time)
        last = max(last, event.time)
        if event.address != 0 { addresses.insert(event.address) }
        if event.id == validity.firstEvent { isFirstSeen = true }
        guard event.isAccepted, event.time > validity.notAfter || event.time < validity.notBefore else { return }
        acceptedOutside += 1
        firstOutside = min(firstOutside, event.time)
        lastOutside = max(lastOutside, event.time)
    }
}

extension SummaryTally.Verdict {
    fileprivate mutating func add(_ event: NarrowEvent) {
        count += 1
        first = min(first, event.time)
        last = max(last, event.time)
    }
}
