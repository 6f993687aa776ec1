import AuditEvents
import AuditStore
import CLinux
import CertCore
import Logging
import SafeText

// Acknowledged mode: who the producer is, and what it must hear.
extension IngestLoop {
    /// Answers a hello: the producer is looked up, an older connection of it gives way.
    func greet(_ hello: Hello, in conversation: Conversation) throws(LineError) {
        guard let session = conversation.session else { return }
        guard !conversation.hasGreeted else {
            throw LineError(code: .badHello, message: "this connection has said hello before")
        }
        conversation.hasGreeted = true
        note(conversation)
        guard hello.ack, let uuid = hello.producer else {
            conversation.greeting = .hello(session: session.rawValue, last: nil)
            return
        }
        let producer: ProducerHandle
        do {
            producer = try writer.attachProducer(uuid: uuid, application: hello.app, session: session)
        } catch {
            logger.error(
                "a producer could not be looked up",
                metadata: ["error": "\(SafeText(String(describing: error)))"]
            )
            return leave(conversation, .stopping)
        }
        supersede(owners[producer.id])
        owners[producer.id] = conversation
        conversation.producer = producer
        // What an older connection sent and is not yet committed counts: the answer goes out after the commit.
        conversation.durable = producer.lastSequence
        conversation.greeting = .hello(session: session.rawValue, last: producer.lastSequence)
    }

    private func supersede(_ older: Conversation?) {
        guard let older, older.stage != .closed, !older.hasEnded else { return }
        forgetHalfLine(of: older)
        older.stage = .closed
        older.greeting = nil
        older.farewell = nil
        older.owesAck = false
        outbox.append((older.peer, .superseded))
    }

    /// A client had to drop events: evidence, not silence.
    func storeDrop(_ count: UInt64, _ since: Timestamp?, in conversation: Conversation) {
        guard let session = conversation.session else { return }
        writer.appendLoss(kind: .drop, count: count, since: since, session: session, now: received)
        note(conversation)
    }

    /// A certificate that had been asked for.
    func addCertificate(_ base64: UnsafeRawBufferPointer, in conversation: Conversation) throws(LineError) {
        try writer.addCertificate(base64: base64)
        note(conversation)
    }

    /// Nothing is read from now on; the last line goes out with the next commit, behind the ack.
    func leave(_ conversation: Conversation, _ farewell: Reply) {
        guard conversation.isReading else { return }
        note(conversation)
        conversation.stage = .leaving
        conversation.farewell = farewell
    }

    /// The bytes of a line that has begun are given free.
    func forgetHalfLine(of conversation: Conversation) {
        heldBytes -= conversation.assembler.heldBytes
        conversation.assembler.drop()
        conversation.halfLineSince = nil
    }

    /// A session begins with the first byte, so that a mere knock leaves no trace.
    func beginSession(of conversation: Conversation) {
        guard conversation.session == nil else { return }
        let credentials = conversation.peer.credentials
        let peer = PeerCredentials(pid: credentials.pid, uid: credentials.uid, gid: credentials.gid)
        conversation.session = writer.beginSession(peer: peer, now: received)
        note(conversation)
    }

    /// Notes the end in the database; the producer's place stays until the commit that acknowledges its last event.
    func endSession(of conversation: Conversation) {
        conversation.hasEnded = true
        guard let session = conversation.session else { return }
        writer.endSession(session, now: received)
        conversation.session = nil
        note(conversation)
    }
}
