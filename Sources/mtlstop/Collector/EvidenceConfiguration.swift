/// What a collector does about the evidence besides storing it.
struct EvidenceConfiguration: Sendable {
    /// A shell command that gets each checkpoint on its standard input.
    var checkpointCommand: String?
    /// Whether each checkpoint is a line of the log, and so of the journal.
    var logsCheckpoints = false
    /// Events older than this are removed, in milliseconds; nil keeps everything.
    var retention: Int64?
    /// How often retention looks for something to remove.
    var retentionPause = Duration.seconds(60)
}
