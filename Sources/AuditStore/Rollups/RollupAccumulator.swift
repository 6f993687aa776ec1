/// Counts of committed events that the derived tables do not hold yet.
struct RollupAccumulator {
    private struct Slot {
        var total: CertificateTotal
        var use: CertificateUse
        var posting: CertificatePosting
    }

    /// The number of events counted.
    private(set) var events = 0
    /// The greatest event id counted.
    private(set) var upTo: Int64

    private var rolls: [RollKey: RollCount] = [:]
    // The key of the last event and its count so far: neighbours share a minute, a service and mostly a verdict.
    private var lastKey = RollKey(bucket: .min, service: 0, verdict: 0)
    private var lastCount = RollCount()
    private var slotOf: [Int64: Int] = [:]
    private var slots: ContiguousArray<Slot> = []
    private var closedUses: [CertificateUse] = []
    private var closedPostings: [CertificatePosting] = []

    /// Counts nothing yet; everything up to `upTo` is in the derived tables.
    init(upTo: Int64) {
        self.upTo = upTo
    }

    /// Counts one event; ids come in rising order.
    mutating func add(id: Int64, time: Int64, isRejected: Bool, certificate: Int64, service: Int64, verdict: Int64) {
        events += 1
        upTo = id
        let key = RollKey(bucket: RollupSpan.minute.bucket(ofMilliseconds: time), service: service, verdict: verdict)
        if lastKey != key {
            if lastCount.events > 0 { rolls[lastKey, default: RollCount()].add(lastCount) }
            lastKey = key
            lastCount = RollCount()
        }
        lastCount.events += 1
        lastCount.lastID = id
        if certificate != 0 { add(id: id, time: time, isRejected: isRejected, certificate: certificate) }
    }

    private mutating func add(id: Int64, time: Int64, isRejected: Bool, certificate: Int64) {
        let hour = RollupSpan.hour.bucket(ofMilliseconds: time)
        let segment = id >> DatabaseIdentity.segmentBits
        let index = slot(certificate, hour: hour, segment: segment)
        if slots[index].use.bucket != hour {
            closedUses.append(slots[index].use)
            slots[index].use = CertificateUse(certificate: certificate, bucket: hour)
        }
        if slots[index].posting.segment != segment {
            closedPostings.append(slots[index].posting)
            slots[index].posting = CertificatePosting(certificate: certificate, segment: segment)
        }
        slots[index].use.add(id: id, time: time, isRejected: isRejected)
        if isRejected { slots[index].posting.rejected += 1 } else { slots[index].posting.accepted += 1 }
        slots[index].total.add(id: id, time: time, isRejected: isRejected)
    }

    private mutating func slot(_ certificate: Int64, hour: Int64, segment: Int64) -> Int {
        if let index = slotOf[certificate] { return index }
        slots.append(
            Slot(
                total: CertificateTotal(certificate: certificate),
                use: CertificateUse(certificate: certificate, bucket: hour),
                posting: CertificatePosting(certificate: certificate, segment: segment)
            )
        )
        slotOf[certificate] = slots.count - 1
        return slots.count - 1
    }
}

// What a flush writes, in key order so that neighbours in a table are written together.
extension RollupAccumulator {
    /// The counts of a span, in key order.
    func rolls(_ span: RollupSpan) -> [(key: RollKey, count: RollCount)] {
        var folded: [RollKey: RollCount] = [:]
        func fold(_ key: RollKey, _ count: RollCount) {
            let start = key.bucket * RollupSpan.minute.milliseconds
            let bucket = span.bucket(ofMilliseconds: start)
            let wider = RollKey(bucket: bucket, service: key.service, verdict: key.verdict)
            folded[wider, default: RollCount()].add(count)
        }
        for (key, count) in rolls { fold(key, count) }
        if lastCount.events > 0 { fold(lastKey, lastCount) }
        return folded.map { ($0.key, $0.value) }.sorted { left, right in
            (left.0.bucket, left.0.service, left.0.verdict) < (right.0.bucket, right.0.service, right.0.verdict)
        }
    }

    /// The uses of certificates in hours or days, in key order; several may have one key.
    func uses(_ span: RollupSpan) -> [CertificateUse] {
        var all = closedUses + slots.map(\.use)
        for index in all.indices {
            all[index].bucket = span.bucket(ofMilliseconds: all[index].bucket * RollupSpan.hour.milliseconds)
        }
        return all.sorted { ($0.bucket, $0.certificate) < ($1.bucket, $1.certificate) }
    }

    /// The segments of certificates, in key order; several may have one key.
    var postings: [CertificatePosting] {
        (closedPostings + slots.map(\.posting)).sorted { ($0.certificate, $0.segment) < ($1.certificate, $1.segment) }
    }

    /// The totals of certificates, in key order.
    var totals: [CertificateTotal] {
        slots.map(\.total).sorted { $0.certificate < $1.certificate }
    }
}
