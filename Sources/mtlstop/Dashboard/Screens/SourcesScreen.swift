import AuditStore
import CertCore
import SafeText
import Terminal

/// View 5: who reports, and the database they report into.
enum SourcesScreen {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        guard let rows = state.reporters else {
            Notice.draw(["reading…"], state, into: &screen)
            return
        }
        let table = state.table(columns(state), of: .sources)
        let empty: [SafeText] = ["nobody has reported yet", "1 says how to connect an application"]
        ListScreen.draw(rows, table, at: state.reporterCursor, empty: empty, state, into: &screen)
        if state.plan.paneRows > 0 { drawStore(state, into: &screen) }
    }

    static func columns(_ state: DashboardState) -> [ListColumn<ReporterRow>] {
        let times = state.times
        let now = state.now
        return [
            ListColumn("SOURCE", 14, weight: 3) { name($0) }.sorts(by: .source),
            ListColumn(
                "STATE",
                6,
                role: { SourceActivity($0, now: now).role },
                text: { SourceActivity($0, now: now).word }
            ),
            ListColumn("EV/S", 6, priority: 45, alignment: .right) { row in
                SourceActivity(row, now: now).rate.map { Figures.tenths($0) } ?? "-"
            },
            ListColumn("LAG", 6, priority: 42, alignment: .right) { lag($0) },
            ListColumn("PID", 7, alignment: .right) { $0.reporter.pid.map { "\($0)" } ?? "-" },
            ListColumn("UID", 5, priority: 30, alignment: .right) { $0.reporter.uid.map { "\($0)" } ?? "-" },
            ListColumn("SINCE", 5, priority: 40) { times.brief($0.started) }.sorts(by: .arrival),
            ListColumn("LAST", 5) { $0.lastEvent.map { times.brief($0) } ?? "-" }.sorts(by: .last),
            ListColumn("EVENTS", 7, alignment: .right) { Figures.short($0.events) }.sorts(by: .events),
            ListColumn(
                "REJ",
                6,
                alignment: .right,
                role: { $0.rejected > 0 ? .rejected : .dim },
                text: {
                    Figures.short($0.rejected)
                }
            ).sorts(by: .rejected),
            ListColumn(
                "BAD",
                5,
                alignment: .right,
                role: { $0.badLines > 0 ? .warning : .dim },
                text: {
                    Figures.short($0.badLines)
                }
            ),
            ListColumn(
                "LOST",
                5,
                alignment: .right,
                role: { $0.lost > 0 ? .warning : .dim },
                text: {
                    Figures.short($0.lost)
                }
            ).sorts(by: .lost),
        ]
    }

    /// How long its newest event took to get here; a clock that goes ahead gives none.
    private static func lag(_ row: ReporterRow) -> SafeText {
        guard let lag = row.lag, lag >= 0 else { return "-" }
        return lag < 60_000 ? "\(Figures.tenths(Double(lag) / 1000))s" : TimeWriter.span(lag)
    }

    /// The application, else the connection that reported.
    static func name(_ row: ReporterRow) -> SafeText {
        if let name = row.service ?? row.reporter.application { return SafeText(name) }
        return "session \(row.reporter.session)"
    }

    private static func drawStore(_ state: DashboardState, into screen: inout Screen) {
        var y = state.layout.bodyTop + 1 + state.plan.listRows
        let width = screen.size.columns - 2
        if state.plan.paneRows > 7, let row = state.selectedReporter {
            screen.rule(y: y, title: name(row))
            for (index, line) in reporterLines(row, state, width: width).prefix(5).enumerated() {
                screen.put(line, x: 1, y: y + 1 + index, width: width)
            }
            y += 6
        }
        screen.rule(y: y, title: "collector and database")
        for (index, line) in storeLines(state, width: width).prefix(7).enumerated() {
            screen.put(line, x: 1, y: y + 1 + index, width: width)
        }
    }

    /// What is known about one connection.
    private static func reporterLines(_ row: ReporterRow, _ state: DashboardState, width: Int) -> [StyledLine] {
        let activity = SourceActivity(row, now: state.now)
        let reporter = row.reporter
        let process = [
            reporter.pid.map { "pid \($0)" }, reporter.uid.map { "uid \($0)" }, reporter.gid.map { "gid \($0)" },
        ]
        let until: SafeText = row.ended.map { " until \(state.times.full($0))" } ?? ""
        let rate: SafeText = activity.rate.map { ", usually \(Figures.tenths($0)) a second" } ?? ""
        let silence: SafeText =
            activity.isSilent ? "   silent since \(row.lastEvent.map { state.times.full($0) } ?? "its start")" : ""
        return [
            Label.line("program", SafeText(reporter.application ?? "not named")),
            Label.line("process", SafeText(process.compactMap { $0 }.joined(separator: ", "))),
            Label.line("connected", "since \(state.times.full(row.started))\(until)"),
            Label.line("sent", "\(counted(events: row.events))\(rate)\(silence)", activity.isSilent ? .warning : .text),
            Label.line(
                "trouble",
                "\(Figures.counted(row.badLines, "bad line", "bad lines")), \(counted(events: row.lost)) lost, "
                    + "\(counted(events: row.repeated)) sent again"
            ),
        ]
    }

    private static func storeLines(_ state: DashboardState, width: Int) -> [StyledLine] {
        var lines = [
            Label.line("collector", CollectorWords.state(state)),
            Label.line("socket", screenCut(state.socketPath, width)),
            Label.line("database", screenCut(state.databasePath, width)),
        ]
        guard let status = state.status else { return lines }
        let size: SafeText = "\(Figures.bytes(status.fileBytes)), log \(Figures.bytes(status.walBytes))"
        let certificates = Figures.counted(status.certificates, "certificate", "certificates")
        let badLines = Figures.counted(status.badLines, "bad line", "bad lines")
        lines.append(
            Label.line(
                "holds",
                "\(counted(events: status.events)), \(certificates)   \(size)"
            )
        )
        if let oldest = status.oldest, let newest = status.newest {
            lines.append(Label.line("from, to", "\(state.times.full(oldest))   \(state.times.full(newest))"))
        }
        let isClean = status.badLines == 0 && status.lostEvents == 0
        lines.append(
            Label.line(
                "trouble",
                "\(badLines), \(counted(events: status.lostEvents)) lost before they came here",
                isClean ? .text : .warning
            )
        )
        return lines
    }

    private static func counted(events: Int64) -> SafeText { Figures.counted(events, "event", "events") }

    private static func screenCut(_ path: String, _ width: Int) -> SafeText {
        SafeText(path).cut(to: max(1, width - Label.width), keeping: .end)
    }

    static func numbers(_ state: DashboardState) -> StyledLine {
        guard let rows = state.reporters else { return StyledLine(" reading…", .dim) }
        let open = rows.count { $0.ended == nil }
        let silent = rows.count { SourceActivity($0, now: state.now).isSilent }
        return [
            Span(" SOURCES", .title), Span("  \(open) connected"), Span("   \(rows.count - open) left", .dim),
            Span(silent == 0 ? "" : "   "), Span(silent == 0 ? "" : "\(silent) silent", .warning),
            Span("   collector \(CollectorWords.state(state))"),
        ]
    }
}
