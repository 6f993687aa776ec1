import AuditStore
import CertCore
import SafeText

extension SectionBuilder {
    /// What was asked, by whom, of what.
    var scope: ReportSection {
        let facts: [(SafeText, ReportCell)] = [
            ("Filter", manifest.filter.isEmpty ? .words("none: every event") : .digits(manifest.filter)),
            ("From (inclusive)", manifest.since.map { .time($0) } ?? .words("the beginning of the log")),
            ("To (exclusive)", manifest.until.map { .time($0) } ?? .words("the end of the log")),
            ("First event", .time(summary.times?.lowerBound)),
            ("Last event", .time(summary.times?.upperBound)),
            ("Time zone", .words("UTC; times as reported by the servers, to the millisecond")),
            ("Database", .foreign(database)),
            ("Generated", .time(manifest.created)),
            ("Generator", .words("mtlstop \(ProductVersion.text) on \(manifest.host)")),
            ("Operator", .foreign(manifest.operatorName)),
        ]
        return ReportSection(
            id: "scope",
            title: "Scope",
            lead: """
                What this report covers, exactly as it was asked. It is read from the log without changing it. \
                Names in a rejected certificate are claims: nobody has verified them.
                """,
            blocks: [.facts(facts)]
        )
    }

    /// What the log holds and what is known to be missing.
    var completeness: ReportSection {
        let known = summary.completeness
        var blocks: [ReportBlock] = [.facts(logFacts(known) + lossFacts(known) + collectorFacts(known))]
        if !known.gaps.isEmpty { blocks += [.heading("Missing ids"), .table(gapTable(known))] }
        if !known.losses.isEmpty { blocks += [.heading("Losses"), .table(lossTable(known))] }
        if !known.badLines.isEmpty { blocks += [.heading("Lines not understood"), .table(badLineTable(known))] }
        if let collector = known.collector, !collector.downtimes.isEmpty {
            blocks += [.heading("Collector downtime"), .table(downtimeTable(collector))]
        }
        if !known.disconnected.isEmpty {
            blocks += [.heading("No reporter connected"), stretches(known.disconnected)]
        }
        if !known.silences.isEmpty {
            blocks += [.heading("Longest stretches without a matching event"), stretches(known.silences)]
        }
        return ReportSection(
            id: "completeness",
            title: "Completeness",
            lead: """
                Whether the population is whole: event ids rise by one, producers number their events, and what got \
                lost on the way is noted in the log itself.
                """,
            blocks: blocks
        )
    }

    private func logFacts(_ known: AuditCompleteness) -> [(SafeText, ReportCell)] {
        let range: (ClosedRange<Int64>?) -> ReportCell = { range in
            range.map { .words("\(self.number($0.lowerBound)) to \(self.number($0.upperBound))") } ?? .none
        }
        let times = known.times.map { "\(ReportWords.time($0.lowerBound)) to \(ReportWords.time($0.upperBound))" }
        return [
            ("Events of the log", .number(known.events)),
            ("Ids of the log", range(known.ids)),
            ("Times of the log", times.map { .words(SafeText($0)) } ?? .none),
            ("Ids of this report", range(summary.ids)),
            ("Ids missing in the log", missing(known.missingIDs)),
        ]
    }

    private func missing(_ count: Int64) -> ReportCell {
        count == 0 ? .mark(.good, "none") : .mark(.warn, "\(number(count)): retention, or a hand at the file")
    }

    private func lossFacts(_ known: AuditCompleteness) -> [(SafeText, ReportCell)] {
        let none: (Int64, SafeText) -> ReportCell = { $0 == 0 ? .mark(.good, "none") : .mark(.warn, $1) }
        return [
            (
                "Events known to be lost",
                none(known.lostEvents, "\(number(known.lostEvents)) in \(number(known.lossNotices)) notices")
            ),
            ("Lines not understood", none(known.badLineCount, number(known.badLineCount))),
            ("Events repaired at intake", none(summary.repaired, number(summary.repaired))),
            ("Repeats dropped", .words("\(number(known.repeatedEvents)) since the log began; none is stored twice")),
            ("Connections in the period", .number(known.sessions)),
        ]
    }

    private func gapTable(_ known: AuditCompleteness) -> ReportTable {
        ReportTable(
            [.number("From id"), .number("To id"), .number("Ids")],
            rows: known.gaps.map { gap in
                .init([
                    .number(gap.lowerBound), .number(gap.upperBound), .number(gap.upperBound - gap.lowerBound + 1),
                ])
            },
            cut: known.gaps.reduce(0) { $0 + $1.upperBound - $1.lowerBound + 1 } < known.missingIDs
                ? "Shown are the first \(known.gaps.count) stretches." : nil
        )
    }

    private func lossTable(_ known: AuditCompleteness) -> ReportTable {
        let shown = known.losses.prefix(limits.rows)
        return ReportTable(
            [
                .text("Noticed"), .text("How"), .number("Events"), .text("Producer's numbers"), .text("Application"),
                .number("Session"),
            ],
            rows: shown.map { loss in
                .init([
                    .time(loss.time),
                    .words(Self.lossWords[loss.kind] ?? SafeText(loss.kind)),
                    .number(loss.count),
                    loss.sequences.map { .words("\($0.lowerBound) to \($0.upperBound)") } ?? .none,
                    .foreign(loss.application),
                    loss.session.map { .number($0) } ?? .none,
                ])
            },
            cut: Int64(shown.count) < known.lossNotices
                ? "Shown are \(shown.count) of \(number(known.lossNotices)) notices." : nil
        )
    }

    private static let lossWords: [String: SafeText] = [
        "gap": "numbers jumped", "drop": "the producer dropped them", "collector": "the collector let them go",
    ]

    private func badLineTable(_ known: AuditCompleteness) -> ReportTable {
        ReportTable(
            [.text("Code"), .number("Lines")],
            rows: known.badLines.map { .init([.digits($0.name), .number($0.count)]) }
                + [.init([.words("All"), .number(known.badLineCount)], isTotal: true)]
        )
    }

    private func stretches(_ stretches: [AuditCompleteness.Silence]) -> ReportBlock {
        .table(
            ReportTable(
                [.text("From"), .text("To"), .number("Length")],
                rows: stretches.map { silence in
                    .init([
                        .time(silence.start), .time(silence.end),
                        .words(SafeText(ReportWords.length(silence.length))),
                    ])
                },
                cut: stretches.count == AuditCompleteness.mostStretches
                    ? "Shown are the \(stretches.count) longest." : nil
            )
        )
    }
}
