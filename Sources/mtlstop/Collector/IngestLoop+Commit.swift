import AuditStore
import CertCore

/// What a connection is told once a commit is durable, as it stood when the commit began.
struct DueAnswer {
    let conversation: Conversation
    let greeting: Reply?
    let farewell: Reply?
    let owesAck: Bool
    let hasEnded: Bool
}

/// A commit that has begun: who is answered when it is durable, and what was counted by then.
struct BegunCommit {
    let begin: ContinuousClock.Instant
    let answers: [DueAnswer]
    let losses: [String: UInt64]
    let counters: IntakeCounters
}

// Durability, and the answers that wait for it.
extension IngestLoop {
    /// Batches from this size on are written by the commit thread while the next one is read; handing a small one over
    /// would take longer than writing it.
    static let smallestHandedOver = 500

    /// Makes durable what was given to the writer, then answers.
    ///
    /// Comes back when it is done; when the database takes nothing, only after it does again or a stop is asked for.
    func commit() {
        finishBegun(waits: true)
        while isDirty && trouble == nil {
            do throws(StoreError) {
                try commitOnce()
            } catch {
                suspend(error)
            }
        }
    }

    /// Begins to make the batch durable and comes back at once; a small one is durable when it comes back.
    ///
    /// Of two batches one is written and one read: a commit that is under way is waited for first.
    func commitBeside() {
        finishBegun(waits: true)
        guard isDirty, trouble == nil else { return }
        guard writer.pendingEvents >= Self.smallestHandedOver else { return commit() }
        begun = beginning()
        writer.beginCommit(now: .now()) { [queue] in queue.nudge() }
        guard !writer.isCommitting else { return }
        isDirty = true
        commit()
    }

    /// Answers what the commit under way has made durable, if it has ended or is to be waited for; true when it has.
    @discardableResult
    func finishBegun(waits: Bool) -> Bool {
        guard let begun, writer.isCommitting else { return false }
        do throws(StoreError) {
            guard let acks = try writer.finishedCommit(waits: waits) else { return false }
            accept(acks, begun)
        } catch {
            // The batch is still in the writer; who waits for it goes on waiting.
            isDirty = true
            suspend(error)
        }
        return true
    }

    /// One attempt; answers when it succeeds.
    func commitOnce() throws(StoreError) {
        let begun = beginning()
        accept(try writer.commit(now: .now()), begun)
    }

    /// Takes note of whom the next commit answers; those of one that failed are kept.
    private func beginning() -> BegunCommit {
        refused.write(to: writer, now: .now())
        let answers = (begun?.answers ?? []) + listed.map { $0.takeAnswer() }
        listed.removeAll(keepingCapacity: true)
        isDirty = false
        batchBegan = nil
        // Those of a commit under way are told with this one; those of one that failed are pending again.
        let underWay = writer.isCommitting ? begun?.losses ?? [:] : [:]
        let losses = writer.pendingLosses.merging(underWay, uniquingKeysWith: +)
        let new = BegunCommit(begin: .now, answers: answers, losses: losses, counters: counters)
        begun = new
        return new
    }

    private func accept(_ acks: [ProducerAck], _ done: BegunCommit) {
        begun = nil
        let took = ContinuousClock.now - done.begin
        lastCommit = min(took, Self.slowDiskPatience)
        counters.commitLatency.add(took)
        counters.batches += 1
        counters.losses.merge(done.losses, uniquingKeysWith: +)
        rollupsDue = true
        for ack in acks {
            guard let owner = owners[ack.producer], ack.sequence > owner.durable else { continue }
            owner.durable = ack.sequence
            owner.owesAck = true
        }
        let wanted = writer.certificatesWanted()
        for due in done.answers { answer(due, wanted) }
        meter.publish(counters.durable(asOf: done.counters))
    }

    /// The greeting first, then the ack, then the last line.
    private func answer(_ due: DueAnswer, _ wanted: [String]) {
        let conversation = due.conversation
        defer { if due.hasEnded { giveUpPlace(of: conversation) } }
        guard conversation.stage != .closed else { return }
        if let greeting = due.greeting { outbox.append((conversation.peer, greeting)) }
        if (due.owesAck || conversation.owesAck) && conversation.isAcknowledged {
            conversation.owesAck = false
            outbox.append((conversation.peer, .ack(conversation.durable)))
            counters.acks += 1
            if !wanted.isEmpty { outbox.append((conversation.peer, .need(wanted))) }
        }
        if let farewell = due.farewell {
            conversation.stage = .closed
            outbox.append((conversation.peer, farewell))
        }
    }

    private func giveUpPlace(of conversation: Conversation) {
        guard let producer = conversation.producer, owners[producer.id] === conversation else { return }
        owners[producer.id] = nil
    }
}

extension Conversation {
    /// Takes out what the next commit answers.
    fileprivate func takeAnswer() -> DueAnswer {
        defer { (isListed, greeting, farewell, owesAck) = (false, nil, nil, false) }
        return DueAnswer(
            conversation: self,
            greeting: greeting,
            farewell: farewell,
            owesAck: owesAck,
            hasEnded: hasEnded
        )
    }
}

extension IntakeCounters {
    /// These figures with the events of an earlier moment: what came since is not durable yet.
    fileprivate func durable(asOf earlier: IntakeCounters) -> IntakeCounters {
        var counters = self
        counters.authenticated = earlier.authenticated
        counters.rejected = earlier.rejected
        counters.repeated = earlier.repeated
        counters.badLines = earlier.badLines
        return counters
    }
}
