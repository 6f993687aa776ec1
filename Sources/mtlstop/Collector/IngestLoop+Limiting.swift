import AuditStore
import CLinux

// The rate limit of a user.
extension IngestLoop {
    /// Takes a token of the peer's user; false when it has sent more than it may.
    func mayWrite(_ conversation: Conversation) -> Bool {
        guard limiter.limit != nil || conversation.isLimited else { return true }
        guard limiter.admits(conversation.peer.credentials.uid, now: receivedInstant) else { return false }
        if conversation.isLimited { tellLimit(conversation, false) }
        return true
    }

    /// The user has sent more than it may: the event is not stored, its number is consumed, a loss row tells of it.
    func turnDown(_ sequence: UInt64?, _ session: SessionID, _ conversation: Conversation) {
        note(conversation)
        if let producer = conversation.producer, let sequence {
            let result = writer.skip(sequence, producer: producer, session: session, now: received)
            if case .repeated = result {
                conversation.owesAck = true
                return
            }
        }
        refused.add(session, at: received)
        if !conversation.isLimited { tellLimit(conversation, true) }
    }

    private func tellLimit(_ conversation: Conversation, _ isLimited: Bool) {
        conversation.isLimited = isLimited
        outbox.append((conversation.peer, .notice(isLimited ? .busy : .taking)))
    }
}
