import AuditStore
import CertCore
import Glibc

/// Looks at the system: limits, kernel settings, libraries and the clock.
struct SystemCheck {
    /// Whether a datagram socket is configured; only then does its queue matter.
    let usesDatagrams: Bool
    let clock: Clock

    /// Below this a burst of 50 datagrams from one proxy loses some; measured with 20,000 a second.
    private static let shortQueue = 512
    /// A record costs its sender a kilobyte and more, so less than this holds no queue of 4096.
    private static let smallBuffer = 4_194_304
    /// One descriptor a connection; the rest of the collector needs about fifty.
    private static let fewDescriptors: UInt64 = 1024
    /// 2025-01-01: no machine that runs this program is older.
    private static let oldestClock = Timestamp(milliseconds: 1_735_689_600_000)

    func findings() -> [Finding] {
        [
            datagramQueue(), senderBuffer(), descriptors(), databaseLibrary(DatabaseLibrary.version), cryptography(),
            clockFinding(),
        ]
    }

    private func datagramQueue() -> Finding {
        let name = "datagrams"
        let path = "/proc/sys/net/unix/max_dgram_qlen"
        guard let length = FileFacts.text(of: path, limit: 32).flatMap({ Int($0) }) else {
            return .warning(name, "net.unix.max_dgram_qlen cannot be read", mend: "mount /proc to let doctor see it")
        }
        let text = "net.unix.max_dgram_qlen is \(length)"
        if length >= Self.shortQueue { return .ok(name, text) }
        let mend = "sysctl -w net.unix.max_dgram_qlen=4096 before the collector starts"
        if usesDatagrams { return .warning(name, text + ": bursts of syslog datagrams will be lost", mend: mend) }
        return .ok(name, text + "; only a syslog socket would need more")
    }

    /// What a sender may have in flight ends a burst as surely as the queue's length does.
    private func senderBuffer() -> Finding {
        let name = "buffers"
        guard let bytes = FileFacts.text(of: "/proc/sys/net/core/wmem_default", limit: 32).flatMap({ Int($0) }) else {
            return .ok(name, "net.core.wmem_default cannot be seen from here")
        }
        let text = "net.core.wmem_default is \(bytes)"
        if bytes >= Self.smallBuffer { return .ok(name, text) }
        let held = bytes / 1400
        let mend = "sysctl -w net.core.wmem_default=\(Self.smallBuffer) before the servers start"
        if usesDatagrams {
            return .warning(name, text + ": a sender's burst ends after about \(held) records", mend: mend)
        }
        return .ok(name, text + "; only a syslog socket would need more")
    }

    private func descriptors() -> Finding {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let text = "\(limit.rlim_cur) open files allowed"
        if limit.rlim_cur >= Self.fewDescriptors { return .ok("files", text) }
        return .warning("files", text, mend: "ulimit -n 4096, or LimitNOFILE= in the unit")
    }

    /// SQLite before 3.51.3 (3.50.7, 3.44.6) could lose a commit when two connections checkpoint at once; the
    /// collector is the only one that ever does, so an old library is no danger as long as nobody else writes.
    func databaseLibrary(_ version: String) -> Finding {
        let text = "SQLite \(version)"
        if Self.hasResetMend(version) { return .ok("sqlite", text) }
        return .ok("sqlite", text + " (WAL-reset defect avoided: only the collector writes and checkpoints)")
    }

    static func hasResetMend(_ version: String) -> Bool {
        let parts = version.split(separator: ".").compactMap { Int($0) }
        guard parts.count >= 3, parts[0] == 3 else { return false }
        switch parts[1] {
        case 44: return parts[2] >= 6
        case 50: return parts[2] >= 7
        case 51: return parts[2] >= 3
        default: return parts[1] > 51
        }
    }

    private func cryptography() -> Finding {
        let version = CryptographyLibrary.version
        if version.contains(" 3.") { return .ok("openssl", version) }
        return .warning("openssl", version, mend: "run with OpenSSL 3.x, the one this program is tested with")
    }

    private func clockFinding() -> Finding {
        if clock.isFrozen {
            let text = "MTLSTOP_NOW freezes the clock of the reading commands at \(clock.now.rfc3339)"
            return .warning("clock", text, mend: "unset MTLSTOP_NOW")
        }
        if clock.now < Self.oldestClock {
            let text = "the clock says \(clock.now.rfc3339): certificates will seem not yet valid"
            return .problem("clock", text, mend: "set the clock, and keep it right with NTP")
        }
        return .ok("clock", clock.now.rfc3339)
    }
}
