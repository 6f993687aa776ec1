/// A bucket of one service and verdict.
struct RollKey: Hashable {
    var bucket: Int64
    var service: Int64
    var verdict: Int64
}

/// How many events, and the last of them.
struct RollCount {
    var events: Int64 = 0
    var lastID: Int64 = 0

    /// Takes another count of the same key in.
    mutating func add(_ other: RollCount) {
        events += other.events
        lastID = max(lastID, other.lastID)
    }
}

/// A bucket of one certificate.
struct CertificateUse {
    var certificate: Int64
    var bucket: Int64
    var accepted: Int64 = 0
    var rejected: Int64 = 0
    var lastTime = Int64.min
    var lastID: Int64 = 0

    /// Makes an empty bucket.
    init(certificate: Int64, bucket: Int64) {
        self.certificate = certificate
        self.bucket = bucket
    }

    /// Takes one event in.
    @inline(__always)
    mutating func add(id: Int64, time: Int64, isRejected: Bool) {
        if isRejected { rejected += 1 } else { accepted += 1 }
        if time > lastTime { lastTime = time }
        lastID = id
    }
}

/// A segment of one certificate.
struct CertificatePosting {
    var certificate: Int64
    var segment: Int64
    var accepted: Int64 = 0
    var rejected: Int64 = 0
}

/// All events of one certificate.
struct CertificateTotal {
    var certificate: Int64
    var accepted: Int64 = 0
    var rejected: Int64 = 0
    var firstTime = Int64.max
    var lastTime = Int64.min
    var lastID: Int64 = 0
    var lastAcceptedTime = Int64.min
    var lastAcceptedID: Int64 = 0

    /// Counts nothing yet.
    init(certificate: Int64) {
        self.certificate = certificate
    }

    /// Takes one event in.
    @inline(__always)
    mutating func add(id: Int64, time: Int64, isRejected: Bool) {
        if time < firstTime { firstTime = time }
        if time > lastTime { lastTime = time }
        lastID = id
        guard !isRejected else {
            rejected += 1
            return
        }
        accepted += 1
        if time > lastAcceptedTime { lastAcceptedTime = time }
        lastAcceptedID = id
    }
}
