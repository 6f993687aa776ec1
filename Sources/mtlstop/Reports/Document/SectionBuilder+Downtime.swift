import AuditStore
import SafeText

/// When the collector ran, and when nobody listened.
extension SectionBuilder {
    /// The collector's state and its downtime in the period.
    func collectorFacts(_ known: AuditCompleteness) -> [(SafeText, ReportCell)] {
        guard let collector = known.collector else {
            return [("Collector downtime", .words("not recorded in this database"))]
        }
        let recorded = "recorded from \(ReportWords.time(collector.recordedFrom)) on"
        return [
            ("Collector", state(collector)),
            ("Collector downtime", downtime(collector)),
            ("Starts and stops", .words(SafeText(recorded))),
        ]
    }

    /// The stretches without a collector, the longest first.
    func downtimeTable(_ collector: CollectorUptime) -> ReportTable {
        ReportTable(
            [.text("From"), .text("To"), .number("Length"), .text("How it began")],
            rows: collector.downtimes.map { stretch in
                .init([
                    .time(stretch.start), .time(stretch.end),
                    .words(SafeText(ReportWords.length(stretch.length))),
                    stretch.wasPlanned
                        ? .words("stopped in order")
                        : .mark(.warn, "crash, kill or power cut: last sign of life"),
                ])
            },
            cut: Int64(collector.downtimes.count) < collector.count
                ? "Shown are the \(collector.downtimes.count) longest of \(number(collector.count))." : nil
        )
    }

    private func state(_ collector: CollectorUptime) -> ReportCell {
        if let stopped = collector.stopped {
            return .words(SafeText("stopped in order \(ReportWords.time(stopped)), not started since"))
        }
        return .words(SafeText("not stopped; last sign of life \(ReportWords.time(collector.alive))"))
    }

    private func downtime(_ collector: CollectorUptime) -> ReportCell {
        guard collector.count > 0 else { return .mark(.good, "none") }
        let length = SafeText(ReportWords.length(collector.length))
        return .mark(
            .warn,
            "\(number(collector.count)) times, \(length) in all; \(number(collector.unplanned)) without a stop in order"
        )
    }
}
