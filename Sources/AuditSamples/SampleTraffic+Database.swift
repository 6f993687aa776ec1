import AuditEvents
import AuditStore
import CertCore

extension SampleTraffic {
    /// Writes the traffic into a new or existing database, as a collector would: 10,000 events a transaction.
    ///
    /// - Parameters:
    ///   - path: the database.
    ///   - flushesRollups: false leaves the roll-ups where the writer's own schedule has them, as in a busy collector.
    public func fillDatabase(path: String, flushesRollups: Bool = true) throws {
        let end = start.advanced(byMilliseconds: span)
        let writer = try AuditWriter(path: path, now: start)
        let session = writer.beginSession(peer: PeerCredentials(pid: 4711, uid: 33, gid: 33), now: start)
        var scanner = LineScanner()
        try lines { line in
            try line.withUnsafeBytes { bytes in
                guard case .event(let event) = try scanner.scan(bytes) else { return }
                let time = event.time ?? start
                _ = try writer.append(
                    event,
                    session: session,
                    producer: nil,
                    received: time.advanced(byMilliseconds: 3)
                )
                if writer.pendingEvents >= 10_000 { _ = try writer.commit(now: time) }
            }
        }
        _ = try writer.commit(now: end)
        if flushesRollups {
            writer.endSession(session, now: end)
            try writer.close(now: end)
        }
    }
}
