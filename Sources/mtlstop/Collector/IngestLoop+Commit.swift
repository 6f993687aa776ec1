import AuditStore
import CertCore

// Durability, and the answers that wait for it.
extension IngestLoop {
    /// Makes durable what was given to the writer, then answers.
    ///
    /// Comes back when it is done; when the database takes nothing, only after it does again or a stop is asked for.
    func commit() {
        while isDirty && trouble == nil {
            do throws(StoreError) {
                try commitOnce()
            } catch {
                suspend(error)
            }
        }
    }

    /// One attempt; answers when it succeeds.
    func commitOnce() throws(StoreError) {
        refused.write(to: writer, now: .now())
        let losses = writer.pendingLosses
        let begin = ContinuousClock.now
        let acks = try writer.commit(now: .now())
        let took = ContinuousClock.now - begin
        lastCommit = min(took, Self.slowDiskPatience)
        counters.commitLatency.add(took)
        counters.batches += 1
        counters.losses.merge(losses, uniquingKeysWith: +)
        accept(acks)
        meter.publish(counters)
    }

    private func accept(_ acks: [ProducerAck]) {
        isDirty = false
        batchBegan = nil
        rollupsDue = true
        for ack in acks {
            guard let owner = owners[ack.producer], ack.sequence > owner.durable else { continue }
            owner.durable = ack.sequence
            owner.owesAck = true
        }
        let wanted = writer.certificatesWanted()
        for conversation in listed {
            answer(conversation, wanted)
        }
        listed.removeAll(keepingCapacity: true)
    }

    /// The greeting first, then the ack, then the last line.
    private func answer(_ conversation: Conversation, _ wanted: [String]) {
        conversation.isListed = false
        defer { if conversation.hasEnded { giveUpPlace(of: conversation) } }
        guard conversation.stage != .closed else { return }
        if let greeting = conversation.greeting { outbox.append((conversation.peer, greeting)) }
        conversation.greeting = nil
        if conversation.owesAck && conversation.isAcknowledged {
            conversation.owesAck = false
            outbox.append((conversation.peer, .ack(conversation.durable)))
            counters.acks += 1
            if !wanted.isEmpty { outbox.append((conversation.peer, .need(wanted))) }
        }
        if let farewell = conversation.farewell {
            conversation.farewell = nil
            conversation.stage = .closed
            outbox.append((conversation.peer, farewell))
        }
    }

    private func giveUpPlace(of conversation: Conversation) {
        guard let producer = conversation.producer, owners[producer.id] === conversation else { return }
        owners[producer.id] = nil
    }
}
