import AuditStore
import CertCore
import Logging
import SafeText

/// Looks after the ledger and retention between batches.
///
/// Used from the ingest loop's thread only. Nothing here may hold up an event for longer than a batch takes.
final class EvidenceKeeper {
    private let control: IntakeControl
    private let configuration: EvidenceConfiguration
    private let holds: HoldFile
    private let command: CheckpointCommand?
    private let logger: Logger
    private var nextRetention = ContinuousClock.now
    private var removed = 0
    private var isRemoving = false
    /// The last trouble that was told, so that it is told once.
    private var told: String?

    init(control: IntakeControl, _ configuration: EvidenceConfiguration, database: String, logger: Logger) {
        self.control = control
        self.configuration = configuration
        self.logger = logger
        holds = HoldFile(database: database)
        command = configuration.checkpointCommand.map { CheckpointCommand($0, logger: logger) }
    }

    /// How long the loop may sleep at most for the sake of the evidence.
    func patience(_ writer: AuditWriter) -> Duration {
        if isRemoving { return .zero }
        if writer.hasUnsealed { return .seconds(1) }
        let life = Duration.milliseconds(AuditWriter.longestRest)
        return retention == nil ? life : min(life, configuration.retentionPause)
    }

    /// How long it may have to wait for a moment between batches: while events are removed as fast as they come,
    /// not long.
    var longestWait: Duration { isRemoving ? .milliseconds(20) : .seconds(1) }

    /// Seals what is due, hands checkpoints on, and does one step of retention.
    func work(_ writer: AuditWriter) {
        seal(writer)
        for note in writer.takeCheckpoints() { publish(note) }
        tell(writer.ledgerTrouble, "the checkpoint files could not be written")
        guard let retention else { return }
        guard isRemoving || ContinuousClock.now >= nextRetention else { return }
        remove(writer, olderThan: retention)
    }

    /// Hands on the checkpoints that closing the writer made, and waits a moment for the command.
    func finish(_ writer: AuditWriter) {
        for note in writer.takeCheckpoints() { publish(note) }
        command?.drain()
    }

    /// The option's time wins over the file's, which may have been read again.
    private var retention: Int64? { configuration.retention ?? control.current.retention }

    private func seal(_ writer: AuditWriter) {
        do throws(StoreError) {
            try writer.sealIfDue(now: .now())
            try writer.noteLife(now: .now())
        } catch {
            tell(error, "a segment could not be sealed")
        }
    }

    private func publish(_ note: String) {
        command?.run(note)
        guard configuration.logsCheckpoints else { return }
        let text = note.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: " | ")
        logger.notice("checkpoint", metadata: ["note": "\(SafeText(text))"])
    }

    private func remove(_ writer: AuditWriter, olderThan retention: Int64) {
        let now = Timestamp.now()
        do throws(StoreError) {
            let plan = RetentionPlan(
                cutoff: now.advanced(byMilliseconds: -retention),
                holds: try holds.holds(),
                reason: "older than \(retention / 86_400_000) days"
            )
            switch try writer.retain(plan, now: now) {
            case .recorded: isRemoving = true
            case .removed(let count):
                removed += count
                isRemoving = true
            case .done: rest()
            }
        } catch {
            tell(error, "events could not be removed")
            rest()
        }
    }

    private func rest() {
        if removed > 0 { logger.notice("old events were removed", metadata: ["events": "\(removed)"]) }
        removed = 0
        isRemoving = false
        nextRetention = ContinuousClock.now + configuration.retentionPause
    }

    private func tell(_ trouble: StoreError?, _ what: Logger.Message) {
        guard let trouble else { return }
        let text = String(describing: trouble)
        guard text != told else { return }
        told = text
        logger.warning(what, metadata: ["error": "\(SafeText(text))"])
    }
}
