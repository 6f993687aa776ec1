import AuditStore
import CertCore
import Logging
import SafeText

// Durability, and the answers that wait for it.
extension IngestLoop {
    /// Makes durable what was given to the writer, then answers.
    ///
    /// Comes back when it is done; when the database takes nothing, only after it does again or a stop is asked for.
    func commit() {
        while isDirty && trouble == nil {
            do throws(StoreError) {
                accept(try writer.commit(now: .now()))
            } catch {
                suspend(error)
            }
        }
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

    /// The database takes nothing (its disk is full, for one): reading stops by itself as the queue fills, nothing is
    /// acknowledged, the batch stays in memory and is tried again each second.
    func suspend(_ error: StoreError) {
        logger.error(
            "the database takes nothing; trying again each second",
            metadata: ["error": "\(SafeText(String(describing: error)))"]
        )
        notify(error.code == .readOnly || error.code == .notPermitted ? "read_only" : "disk_full")
        while trouble == nil {
            queue.sleep(.seconds(1))
            do throws(StoreError) {
                let acks = try writer.commit(now: .now())
                logger.notice("the database takes events again")
                notify("resumed")
                return accept(acks)
            } catch {
                if queue.isStopping { trouble = error }
            }
        }
    }

    private func notify(_ name: String) {
        for conversation in conversations.values where conversation.stage != .closed {
            outbox.append((conversation.peer, .notice(name)))
        }
        deliver()
    }
}
