import AuditEvents
import AuditStore
import CertCore

// Syslog on the stream socket: lines, or frames with their length before them (HAProxy's ring).
extension IngestLoop {
    /// Takes a first byte for the beginning of syslog; false when it is none.
    func beginsSyslog(with first: UInt8, _ conversation: Conversation) -> Bool {
        let isFrame = (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first)
        guard isFrame || first == UInt8(ascii: "<") else { return false }
        conversation.isSyslog = true
        // Such senders do not expect an answer, and may not read one.
        conversation.peer.mute()
        if isFrame { conversation.assembler.countOctets() }
        return true
    }

    /// Takes one syslog message of a connection.
    func takeMessage(_ bytes: UnsafeRawBufferPointer, in conversation: Conversation) {
        guard let session = conversation.session else { return }
        do throws(LineError) {
            let message = try SyslogMessage(bytes)
            name(conversation, session, after: message.application)
            switch try doors.scanner.scan(message.payload, headerTime: message.time) {
            case .event(let event):
                guard mayWrite(conversation) else { return turnDown(nil, session, conversation) }
                note(conversation)
                storeRecord(event, session: session)
            case .drop(let count, let since):
                storeUndelivered(count, since, session: session)
            default: break
            }
        } catch {
            refuse(LineAssembler.head(of: bytes), length: bytes.count, error, in: conversation)
        }
    }

    private func name(_ conversation: Conversation, _ session: SessionID, after application: UnsafeRawBufferPointer?) {
        guard !conversation.isNamed else { return }
        conversation.isNamed = true
        let name = application.map { String(decoding: $0.prefix(64), as: UTF8.self) } ?? "syslog"
        identify(session, named: "syslog \(name)", application: name)
    }
}
