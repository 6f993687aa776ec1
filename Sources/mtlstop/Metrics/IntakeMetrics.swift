import CertCore

/// What a collector has done since its start, as metrics.
///
/// Counters begin at zero with the process, as Prometheus expects. Every label has one of a few words of the program.
struct IntakeMetrics {
    let counters: IntakeCounters
    let rejections: [RejectionClass: Int64]
    let sizes: DatabaseSizes
    let started: Timestamp
    let now: Timestamp

    /// The whole file.
    var text: [UInt8] {
        var text = MetricsText()
        writeEvents(to: &text)
        writeTrouble(to: &text)
        writeCommits(to: &text)
        writeConnections(to: &text)
        writeDatabase(to: &text)
        writeProcess(to: &text)
        return text.bytes
    }

    private func writeEvents(to text: inout MetricsText) {
        text.family("mtlstop_events_total", .counter, "Events stored, by outcome.")
        text.sample([("outcome", "authenticated")], counters.authenticated)
        text.sample([("outcome", "rejected")], counters.rejected)
        text.family("mtlstop_rejections_total", .counter, "Rejected events stored, by class of the reason.")
        for kind in RejectionClass.allCases { text.sample([("class", kind.rawValue)], rejections[kind] ?? 0) }
        text.family("mtlstop_repeated_events_total", .counter, "Events that came a second time and were dropped.")
        text.sample([], counters.repeated)
        text.family("mtlstop_acknowledgements_total", .counter, "Acknowledgements given to connections.")
        text.sample([], counters.acks)
    }

    private func writeTrouble(to text: inout MetricsText) {
        text.family("mtlstop_bad_lines_total", .counter, "Lines that were refused, by the code of the answer.")
        for (code, count) in counters.badLines.sorted(by: { $0.key < $1.key }) { text.sample([("code", code)], count) }
        text.family("mtlstop_lost_events_total", .counter, "Events known to be lost, by kind of the loss.")
        for (kind, count) in counters.losses.sorted(by: { $0.key < $1.key }) { text.sample([("kind", kind)], count) }
        text.family("mtlstop_suspensions_total", .counter, "How often the database took nothing and reading paused.")
        text.sample([], counters.suspensions)
        text.family("mtlstop_collector_state", .gauge, "1 for how the collector is, 0 for how it is not.")
        let states: [(IntakeState, String)] = [
            (.taking, "taking"), (.busy, "busy"), (.diskFull, "disk_full"), (.readOnly, "read_only"),
        ]
        for (state, name) in states { text.sample([("state", name)], counters.state == state ? 1 : 0) }
    }

    private func writeCommits(to text: inout MetricsText) {
        text.family("mtlstop_commits_total", .counter, "Commits; each makes a batch of events durable.")
        text.sample([], counters.batches)
        let latency = counters.commitLatency
        text.family("mtlstop_commit_duration_seconds", .histogram, "How long commits took, with their fsync.")
        text.histogram(bounds: LatencyHistogram.bounds, counts: latency.counts, sum: latency.sum)
        text.family("mtlstop_queue_bytes", .gauge, "Bytes that wait between the sockets and the writer.")
        text.sample([], counters.queuedBytes)
        text.family("mtlstop_queue_messages", .gauge, "Pieces of input that wait between the sockets and the writer.")
        text.sample([], counters.queuedMessages)
    }

    private func writeConnections(to text: inout MetricsText) {
        text.family("mtlstop_connections", .gauge, "Connections open now.")
        text.sample([], counters.connections)
        text.family("mtlstop_connections_accepted_total", .counter, "Connections let in.")
        text.sample([], counters.connectionsAccepted)
        text.family("mtlstop_connections_refused_total", .counter, "Connections turned away.")
        text.sample([], counters.connectionsRefused)
    }

    private func writeDatabase(to text: inout MetricsText) {
        text.family("mtlstop_database_size_bytes", .gauge, "The database file.")
        text.sample([], sizes.file)
        text.family("mtlstop_database_wal_size_bytes", .gauge, "The write-ahead log beside it.")
        text.sample([], sizes.writeAheadLog)
        if let free = sizes.free {
            text.family("mtlstop_database_free_bytes", .gauge, "What the file system has free for the collector.")
            text.sample([], free)
        }
    }

    private func writeProcess(to text: inout MetricsText) {
        text.family("mtlstop_build_info", .gauge, "1, with the version that runs.")
        text.sample([("version", ProductVersion.text)], 1)
        text.family("mtlstop_start_time_seconds", .gauge, "When the collector started, in seconds since 1970.")
        text.sample([], Double(started.milliseconds) / 1000)
        text.family("mtlstop_metrics_timestamp_seconds", .gauge, "When these metrics were written.")
        text.sample([], Double(now.milliseconds) / 1000)
    }
}
