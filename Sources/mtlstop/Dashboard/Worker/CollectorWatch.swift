import CertCore
import Glibc

/// Watches whether a collector is there.
///
/// A known process is watched by its pid, which costs the collector nothing; only while there is none is the socket
/// tried, because each try is a connection.
struct CollectorWatch: Sendable {
    private(set) var health: CollectorHealth
    private let socketPath: String
    private var nextTry: Int64 = 0

    /// Milliseconds between two tries to find a collector that has gone.
    private static let tryInterval: Int64 = 2000

    init(_ health: CollectorHealth, socketPath: String) {
        self.health = health
        self.socketPath = socketPath
    }

    /// Lets the next look try at once.
    mutating func hurry() {
        nextTry = 0
    }

    /// What is known now.
    mutating func look(now: Timestamp, uptime: Int64) -> CollectorHealth {
        switch health {
        case .inside: break
        case .outside(let pid):
            if hasGone(pid) { health = .down(pid: pid, since: now) }
        case .unknown, .absent, .down:
            guard uptime >= nextTry else { break }
            nextTry = uptime + Self.tryInterval
            if let found = Self.find(socketPath) { health = .outside(pid: found.pid) }
        }
        return health
    }

    private func hasGone(_ pid: Int32?) -> Bool {
        if let pid { return kill(pid, 0) != 0 && errno == ESRCH }
        return access(socketPath, F_OK) != 0
    }

    /// A collector that was found listening.
    struct Found: Equatable, Sendable {
        /// Its process, where the kernel shows it.
        var pid: Int32?
    }

    /// Looks for a collector on a socket; nil when none listens there.
    static func find(_ socketPath: String) -> Found? {
        guard let address = SocketAddress(path: socketPath) else { return nil }
        if case .live(let pid) = CollectorProbe.look(at: address) { return Found(pid: pid) }
        return nil
    }
}
