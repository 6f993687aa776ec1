import AuditStore
import CertCore
import Glibc

/// Who a record came from, as the ingest thread knows it: a sender of datagrams, or a followed file.
final class RecordSource {
    /// Its session in the database.
    let session: SessionID
    /// The user the kernel names.
    let uid: uid_t
    /// Counts records from 1.
    var lines = 0
    /// When it was last heard of, by the monotonic clock.
    var lastUse: ContinuousClock.Instant

    init(session: SessionID, uid: uid_t, at instant: ContinuousClock.Instant) {
        self.session = session
        self.uid = uid
        lastUse = instant
    }

    /// The producer that stands for a name: always the same UUID (RFC 9562, version 8) for the same name.
    static func producer(named name: String) -> String {
        var bytes = Array(Fingerprint.sha256(of: Array(name.utf8)).bytes.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return ProducerIdentity.text(of: bytes)
    }
}
