public import CertCore
import Dispatch
import SafeText

/// Reports authentication decisions to the collector without ever holding up a request.
///
/// ``report(_:)`` puts the event into a bounded queue and returns; a thread of the reporter's own sends it, keeps it
/// until the collector has it on disk, and sends it again after a lost connection. So nothing taken is lost or stored
/// twice while the process lives. When the queue is full the newest events are dropped, counted, and told to the
/// collector as soon as it listens.
///
/// Every method may be called from any thread.
public final class AuditReporter: Sendable {
    /// The longest line a collector takes, without its newline and with room for the number.
    private static let longestLine = 262_143 - 32

    private let configuration: Configuration
    private let core: ReporterCore

    /// Starts the reporter's thread; it connects at once, and again whenever it has to.
    public init(configuration: Configuration) {
        self.configuration = configuration
        core = ReporterCore(configuration: configuration)
        core.start()
    }

    deinit {
        core.stop(deadline: MonotonicClock.milliseconds())
    }

    /// Takes one event; it never waits for the collector.
    ///
    /// A missing time is filled in with now, missing service and source with the configuration's. An event that does
    /// not fit into a line loses its issuers, then its certificate's bytes (not its fingerprint).
    /// - Returns: Whether the event was taken; false when the queue is full or closed, and it is counted as dropped.
    @discardableResult
    public func report(_ event: AuditEvent) -> Bool {
        let now = Timestamp.now()
        var event = event.limited
        if event.time == nil { event.time = now }
        if event.service == nil { event.service = configuration.service }
        if event.source == nil { event.source = configuration.source }
        return core.append(Self.line(of: event), now: now)
    }

    /// Keeps a certificate that events name by fingerprint only, in case the collector asks for it.
    ///
    /// The last 256 are kept.
    public func remember(_ certificate: ClientCertificate) {
        core.remember(certificate)
    }

    /// What the reporter has done so far.
    public var statistics: Statistics {
        core.statistics
    }

    /// Waits until every event taken so far is acknowledged.
    ///
    /// It blocks the calling thread; from async code call it off the cooperative pool.
    /// - Returns: False when the time ran out first.
    @discardableResult
    public func flush(timeout: Duration) -> Bool {
        core.flush(until: MonotonicClock.milliseconds() + timeout.milliseconds)
    }

    /// Flushes, says goodbye and ends the thread; events reported from now on are dropped.
    ///
    /// - Returns: Whether every event taken is acknowledged.
    @discardableResult
    public func close(timeout: Duration) -> Bool {
        let deadline = MonotonicClock.milliseconds() + timeout.milliseconds
        core.stop(deadline: deadline)
        core.waitForEnd(until: deadline + 1000)
        return core.statistics.queued == 0
    }

    private static func line(of event: AuditEvent) -> [UInt8] {
        var event = event
        var writer = JSONWriter(capacity: 1024)
        event.writeLine(to: &writer)
        for keep in [1, 0] where writer.bytes.count > longestLine {
            guard let chain = event.certificate?.chain, let leaf = chain.first else { break }
            if keep == 0 { event.certificate?.sha256 = Fingerprint.sha256(of: leaf) }
            event.certificate?.chain = Array(chain.prefix(keep))
            writer.removeAll(keepingCapacity: true)
            event.writeLine(to: &writer)
        }
        return writer.bytes
    }
}
