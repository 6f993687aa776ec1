import AuditEvents
import AuditStore
import SafeText

// Bad lines: stored, answered, survived.
extension IngestLoop {
    /// Stores the beginning of a bad line and tells the sender.
    func refuse(
        _ head: UnsafeRawBufferPointer,
        length: Int,
        _ error: LineError,
        in conversation: Conversation
    ) {
        guard let session = conversation.session else { return }
        guard mayWrite(conversation) else {
            return turnDown(conversation.isAcknowledged ? error.sequence : nil, session, conversation)
        }
        let result = writer.appendBadLine(
            head: head,
            length: length,
            error: error,
            line: conversation.lines,
            session: session,
            producer: conversation.producer,
            now: received
        )
        note(conversation)
        if case .repeated = result {
            conversation.owesAck = true
        } else {
            counters.badLines[error.code.rawValue, default: 0] += 1
            answer(error, in: conversation)
        }
    }

    /// `{"err":"CODE","line":N,"seq":S?,"at":COLUMN?,"msg":"…"}`.
    func answer(_ error: LineError, in conversation: Conversation) {
        var json = JSONWriter(capacity: 160)
        json.beginObject()
        json.member("err", error.code.rawValue)
        json.member("line", conversation.lines)
        if conversation.isAcknowledged, let sequence = error.sequence { json.member("seq", sequence) }
        if let column = error.column { json.member("at", column) }
        json.member("msg", error.message)
        json.endObject()
        json.newline()
        outbox.append((conversation.peer, .line(json.bytes)))
    }

    /// No newline comes: the line is stored as bad and the connection closed.
    func giveUp(_ conversation: Conversation, _ head: UnsafeRawBufferPointer, _ length: Int, _ why: String) {
        beginSession(of: conversation)
        refuse(head, length: length, LineError(code: .noNewline, message: why), in: conversation)
        leave(conversation, .close([]))
    }

    /// Gives up the half lines that have waited too long.
    func giveUpHalfLines(_ now: ContinuousClock.Instant) {
        for conversation in conversations.values {
            guard let since = conversation.halfLineSince, now - since >= configuration.halfLinePatience else {
                continue
            }
            giveUpHalfLine(of: conversation, "half a line waited \(configuration.halfLinePatience) for its newline")
        }
        commit()
        deliver()
    }

    /// All half lines together hold too much: the oldest goes.
    func giveUpOldestHalfLine() {
        let waiting = conversations.values.filter { $0.halfLineSince != nil }
        guard let oldest = waiting.min(by: { ($0.halfLineSince ?? .now) < ($1.halfLineSince ?? .now) }) else { return }
        giveUpHalfLine(of: oldest, "the half lines of all connections hold too much; this one is the oldest")
    }

    private func giveUpHalfLine(of conversation: Conversation, _ why: String) {
        conversation.lines += 1
        let assembler = conversation.assembler
        assembler.withHalfLine { head, length in giveUp(conversation, head, length, why) }
        forgetHalfLine(of: conversation)
    }
}
