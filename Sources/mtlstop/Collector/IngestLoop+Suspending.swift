import AuditStore
import CertCore
import Logging
import SafeText

// When the database takes nothing: wait, tell, go on.
extension IngestLoop {
    /// The database takes nothing (its disk is full, for one): reading stops by itself as the queue fills, the batch stays
    /// in memory and is tried again each second.
    ///
    /// A full disk gets the ballast's room back at once, so that what was read becomes durable and a row says why reading
    /// stopped. Reading goes on when there is room for the ballast and a batch.
    func suspend(_ error: StoreError) {
        let (state, since) = (state(for: error), Timestamp.now())
        logger.error(
            "the database takes nothing; trying again each second",
            metadata: ["error": "\(SafeText(String(describing: error)))"]
        )
        counters.suspensions += 1
        enter(state)
        deliver()
        writer.appendLoss(kind: .suspended, count: 0, since: since, session: nil, detail: state.rawValue, now: since)
        if state == .diskFull { ballast.drop() } else { queue.sleep(configuration.retryPause) }
        while trouble == nil && !recovers(from: state) {
            queue.sleep(configuration.retryPause)
        }
        if trouble == nil { goOn(since) }
    }

    /// One attempt; true when reading may go on.
    private func recovers(from state: IntakeState) -> Bool {
        do throws(StoreError) {
            try commitOnce()
            // A stop does not wait for room: what was read is durable.
            if state != .diskFull || ballast.place() || queue.isStopping { return true }
            deliver()
            return false
        } catch {
            if queue.isStopping { trouble = error }
            return false
        }
    }

    private func goOn(_ since: Timestamp) {
        logger.notice("the database takes events again")
        let now = Timestamp.now()
        let seconds = max(0, now.milliseconds - since.milliseconds) / 1000
        writer.appendLoss(kind: .resumed, count: 0, since: since, session: nil, detail: "after \(seconds) s", now: now)
        isDirty = true
        enter(.taking)
        deliver()
    }

    private func state(for error: StoreError) -> IntakeState {
        switch error.code {
        case .diskFull: .diskFull
        case .readOnly, .notPermitted: .readOnly
        default: WriteProbe(database: configuration.databasePath).state
        }
    }

    /// Goes over to a state, and tells every connection before anything else that waits to be said.
    func enter(_ state: IntakeState) {
        guard counters.state != state else { return }
        counters.state = state
        meter.publish(counters)
        let listeners = conversations.values.filter { $0.stage != .closed }
        outbox.insert(contentsOf: listeners.map { ($0.peer, .notice(state)) }, at: 0)
    }

    /// Takes the reserve at the start; a disk that has no room for it is told of.
    func placeBallast() {
        guard configuration.ballast > 0, !ballast.place() else { return }
        logger.warning("the disk has little room; a reserve could not be made", metadata: ["file": "\(ballast.path)"])
    }
}
