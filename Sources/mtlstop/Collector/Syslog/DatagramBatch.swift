import AuditEvents
import AuditStore
import CertCore

/// Datagrams that were received together, packed one behind the other, with what is known to be lost before them.
struct DatagramBatch: IntakeDelivery {
    /// One datagram.
    struct Entry {
        /// Where it is in ``DatagramBatch/bytes``.
        var range: Range<Int>
        /// How long it was; longer than the range when its end was cut off.
        var length: Int
        /// Who sent it.
        var sender: PeerCredentials
    }

    var bytes: [UInt8] = []
    var entries: [Entry] = []
    /// When they were received.
    var received: Timestamp
    /// What was lost or thrown away before them.
    var losses: [DatagramLoss] = []

    var weight: Int { bytes.count + entries.count * MemoryLayout<Entry>.stride }

    /// Whether there is anything to work off.
    var isEmpty: Bool { entries.isEmpty && losses.isEmpty }

    func work(in loop: IngestLoop) {
        loop.received = received
        for loss in losses { loop.store(loss) }
        bytes.withUnsafeBytes { memory in
            for entry in entries {
                let datagram = UnsafeRawBufferPointer(rebasing: memory[entry.range])
                loop.takeDatagram(datagram, length: entry.length, from: entry.sender)
            }
        }
    }
}

/// Datagrams that did not become records.
struct DatagramLoss: Equatable {
    var kind: LossKind
    /// How many; 0 when nobody can know.
    var count: UInt64
    /// When it began.
    var since: Timestamp
    var detail: String
}

extension IngestLoop {
    /// Takes one datagram: its header names the application, its payload is a record.
    func takeDatagram(_ datagram: UnsafeRawBufferPointer, length: Int, from sender: PeerCredentials) {
        do throws(LineError) {
            let message = try SyslogMessage(datagram)
            let source = source(of: sender, application: message.application)
            source.lines += 1
            guard length <= datagram.count else { return refuseTruncated(datagram, length, source) }
            guard mayWrite(source) else { return }
            takeRecord(message.payload, headerTime: message.time, from: source)
        } catch {
            let source = source(of: sender, application: nil)
            source.lines += 1
            refuseRecord(datagram, length: length, error, from: source)
        }
    }

    private func refuseTruncated(_ datagram: UnsafeRawBufferPointer, _ length: Int, _ source: RecordSource) {
        let message = "a datagram has at most \(DatagramReceiver.longest) bytes"
        refuseRecord(datagram, length: length, LineError(code: .truncated, message: message), from: source)
    }

    private func source(of sender: PeerCredentials, application: UnsafeRawBufferPointer?) -> RecordSource {
        if let known = doors.senders.find(sender, application) { return known }
        // A name from outside is stored as it is and escaped where it is shown; its length is bounded here.
        let name = application.map { String(decoding: $0.prefix(64), as: UTF8.self) } ?? "syslog"
        let source = beginSource(sender, named: "syslog \(name)", application: name)
        for gone in doors.senders.add(source, for: sender, application) { writer.endSession(gone, now: received) }
        return source
    }

    /// Stores that datagrams were lost.
    func store(_ loss: DatagramLoss) {
        writer.appendLoss(
            kind: loss.kind,
            count: loss.count,
            since: loss.since,
            session: nil,
            detail: loss.detail,
            now: received
        )
        noteWork()
    }
}
