import AuditEvents
import AuditStore
import CertCore
import Logging
import SafeText

// Records of proxies: to the writer, or to the bad lines.
extension IngestLoop {
    /// Takes one record; one that says nothing about client certificates leaves no trace.
    func takeRecord(_ record: UnsafeRawBufferPointer, headerTime: Timestamp? = nil, from source: RecordSource) {
        do throws(LineError) {
            switch try doors.scanner.scan(record, headerTime: headerTime) {
            case .event(let event):
                noteWork()
                storeRecord(event, session: source.session)
            case .drop(let count, let since):
                storeUndelivered(count, since, session: source.session)
            default:
                break
            }
        } catch {
            refuseRecord(record, length: record.count, error, from: source)
        }
    }

    /// Stores an event of a record; while the database takes nothing it waits.
    func storeRecord(_ event: ScannedEvent, session: SessionID) {
        if append(event, session, nil) != nil { count(event.outcome) }
    }

    /// A proxy's own log says that records did not get here.
    func storeUndelivered(_ count: UInt64, _ since: Timestamp?, session: SessionID) {
        let detail = "nginx could not deliver a record to its syslog socket"
        writer.appendLoss(kind: .drop, count: count, since: since, session: session, detail: detail, now: received)
        noteWork()
    }

    /// Stores the beginning of a record that cannot be understood.
    func refuseRecord(_ head: UnsafeRawBufferPointer, length: Int, _ error: LineError, from source: RecordSource) {
        writer.appendBadLine(
            head: LineAssembler.head(of: head),
            length: length,
            error: error,
            line: source.lines,
            session: source.session,
            producer: nil,
            now: received
        )
        counters.badLines[error.code.rawValue, default: 0] += 1
        noteWork()
    }

    /// Notes a new reporter, named so that it is the same producer whenever it comes again.
    func beginSource(_ peer: PeerCredentials, named name: String, application: String) -> RecordSource {
        let session = writer.beginSession(peer: peer, now: received)
        identify(session, named: name, application: application)
        noteWork()
        return RecordSource(session: session, uid: peer.uid, at: ContinuousClock.now)
    }

    /// Gives a session the producer that stands for a name.
    func identify(_ session: SessionID, named name: String, application: String) {
        do {
            let uuid = RecordSource.producer(named: name)
            _ = try writer.attachProducer(uuid: uuid, application: application, session: session)
        } catch {
            // Without a name its events are kept all the same.
            let text = SafeText(String(describing: error))
            logger.error("a reporter could not be looked up", metadata: ["error": "\(text)"])
        }
    }

    /// Takes a token of the sender's user; false when it has sent more than it may, which a loss row tells.
    func mayWrite(_ source: RecordSource) -> Bool {
        if limiter.limit == nil || limiter.admits(source.uid, now: receivedInstant) { return true }
        refused.add(source.session, at: received)
        noteWork()
        return false
    }

    /// Something waits for the next commit.
    func noteWork() {
        guard !isDirty else { return }
        isDirty = true
        batchBegan = .now
    }
}
