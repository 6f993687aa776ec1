import AuditEvents
import AuditStore
import CertCore
import Glibc

// Bytes to lines, lines to events.
extension IngestLoop {
    /// Takes the bytes of a connection.
    func read(_ bytes: UnsafeRawBufferPointer, in conversation: Conversation) {
        guard conversation.stage == .open || begins(bytes, conversation) else { return }
        let held = conversation.assembler.heldBytes
        conversation.assembler.feed(bytes) { take($0, in: conversation) }
        heldBytes += conversation.assembler.heldBytes - held
        if conversation.isReading {
            noteHalfLine(of: conversation, isNew: held == 0)
        } else {
            forgetHalfLine(of: conversation)
        }
    }

    /// The peer has sent all: what is left is a line, and a waiting client gets its last ack.
    func end(_ conversation: Conversation) {
        let held = conversation.assembler.heldBytes
        if conversation.isReading { conversation.assembler.end { take($0, in: conversation) } }
        heldBytes += conversation.assembler.heldBytes - held
        forgetHalfLine(of: conversation)
        leave(conversation, .close([]))
        endSession(of: conversation)
        conversations[conversation.peer.number] = nil
    }

    /// The first byte that is no white space tells the protocol.
    private func begins(_ bytes: UnsafeRawBufferPointer, _ conversation: Conversation) -> Bool {
        guard conversation.stage == .silent else { return false }
        guard let first = bytes.first(where: { !Self.isWhiteSpace($0) }) else { return true }
        conversation.stage = .open
        beginSession(of: conversation)
        if first == UInt8(ascii: "{") { return true }
        if beginsSyslog(with: first, conversation) { return true }
        conversation.lines += 1
        let message = "a connection begins with a JSON object, a syslog line or the length of a syslog frame"
        let error = LineError(code: .unknownProtocol, message: message)
        refuse(LineAssembler.head(of: bytes), length: bytes.count, error, in: conversation)
        leave(conversation, .close([]))
        return false
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// Takes a piece; false when the connection is not read on.
    private func take(_ piece: LineAssembler.Piece, in conversation: Conversation) -> Bool {
        conversation.lines += 1
        switch piece {
        case .line(let line):
            if line.isEmpty { break }
            if conversation.isSyslog { takeMessage(line, in: conversation) } else { scan(line, in: conversation) }
        case .tooLong(let head, let length):
            let error = LineError(code: .lineTooLong, message: "a line has at most \(LineAssembler.longestLine) bytes")
            refuse(head, length: length, error, in: conversation)
        case .badFrame(let head, let length):
            let message = "a frame is a length, a space and so many bytes (RFC 6587)"
            refuse(head, length: length, LineError(code: .badFrame, message: message), in: conversation)
        case .endless(let head, let length):
            giveUp(conversation, head, length, "no newline in \(length) bytes")
        }
        return conversation.isReading
    }

    private func scan(_ line: UnsafeRawBufferPointer, in conversation: Conversation) {
        do throws(LineError) {
            scanner.checksSequence = conversation.isAcknowledged
            switch try scanner.scan(line) {
            case .event(let event):
                try store(event, in: conversation)
            case .hello(let hello):
                try greet(hello, in: conversation)
            case .bye:
                leave(conversation, .bye)
            case .drop(let count, let since):
                storeDrop(count, since, in: conversation)
            case .certificate(let base64):
                try addCertificate(base64, in: conversation)
            case .empty:
                break
            }
        } catch {
            refuse(LineAssembler.head(of: line), length: line.count + 1, error, in: conversation)
        }
    }

    private func store(_ event: ScannedEvent, in conversation: Conversation) throws(LineError) {
        guard let session = conversation.session else { return }
        if conversation.isAcknowledged && event.sequence == nil {
            throw LineError(code: .missingField, message: "after a hello with ack every event carries a seq")
        }
        guard mayWrite(conversation) else {
            return turnDown(event.sequence, session, conversation)
        }
        guard let result = append(event, session, conversation.producer) else { return }
        note(conversation)
        switch result {
        case .stored:
            count(event.outcome)
        case .repeated:
            counters.repeated += 1
            conversation.owesAck = true
        case .storedWithoutCertificate(let code):
            count(event.outcome)
            let message = "the event is stored without its certificate"
            answer(LineError(code: code, message: message, sequence: event.sequence), in: conversation)
        }
    }

    /// Gives the event to the writer; while the database cannot be read it waits, so that no number is jumped over.
    func append(
        _ event: ScannedEvent,
        _ session: SessionID,
        _ producer: ProducerHandle?
    ) -> Appended? {
        while trouble == nil {
            do throws(StoreError) {
                return try writer.append(event, session: session, producer: producer, received: received)
            } catch {
                suspend(error)
            }
        }
        return nil
    }

    /// Counts a stored event.
    func count(_ outcome: AuditEvent.Outcome) {
        if outcome == .rejected { counters.rejected += 1 } else { counters.authenticated += 1 }
    }

    /// Something of this connection waits for the next commit.
    func note(_ conversation: Conversation) {
        if !isDirty {
            isDirty = true
            batchBegan = .now
        }
        if !conversation.isListed {
            conversation.isListed = true
            listed.append(conversation)
        }
    }

    private func noteHalfLine(of conversation: Conversation, isNew: Bool) {
        guard conversation.assembler.hasHalfLine else {
            conversation.halfLineSince = nil
            return
        }
        if isNew || conversation.halfLineSince == nil { conversation.halfLineSince = .now }
        if heldBytes > Self.halfLineBudget { giveUpOldestHalfLine() }
    }
}
