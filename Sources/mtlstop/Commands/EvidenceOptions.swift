import ArgumentParser

/// The options of `collect` about the ledger and retention.
struct EvidenceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Run this with /bin/sh for each checkpoint, the note on its standard input.",
            valueName: "command"
        )
    )
    var checkpointCommand: String?

    @Flag(help: "Log each checkpoint in one line: under systemd the journal then anchors the ledger.")
    var logCheckpoints = false

    @Option(
        help: ArgumentHelp(
            "Remove events after this time, such as 400d, 36h, 12w or 2y; legal holds stay (see mtlstop hold).",
            valueName: "time"
        )
    )
    var retain: DayCount?

    /// The options as the collector takes them.
    var configuration: EvidenceConfiguration {
        EvidenceConfiguration(
            checkpointCommand: checkpointCommand,
            logsCheckpoints: logCheckpoints,
            retention: retain?.milliseconds
        )
    }
}
