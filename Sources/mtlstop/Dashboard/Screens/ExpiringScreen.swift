import AuditStore
import CertCore
import SafeText
import Terminal

/// View 4: what stops working, when, and how much of the traffic goes with it.
enum ExpiringScreen {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        guard let list = state.expiringList else {
            Notice.draw(["reading the certificates…"], state, into: &screen)
            return
        }
        let table = state.table(columns(state), of: .expiring)
        ListScreen.draw(list, table, at: state.expiringCursor, empty: nothing(state), state, into: &screen)
        if !list.isEmpty, state.plan.paneRows > 0 { drawPane(list, state, into: &screen) }
    }

    private static func nothing(_ state: DashboardState) -> [SafeText] {
        let which: SafeText = state.hidesRenewed ? "without a renewal " : ""
        return [
            "no certificate \(which)ends within \(TimeRange.short(state.expiringWithin))",
            state.hidesRenewed ? "R shows the renewed ones too, t looks further ahead" : "t looks further ahead",
        ]
    }

    static func columns(_ state: DashboardState) -> [ListColumn<ExpiringCertificate>] {
        let times = state.times
        return [
            ListColumn("LEFT", 8, alignment: .right, role: { Validity.role($0.level) }, text: { left($0) }).sorts(
                by: .expiry
            ),
            ListColumn("LEVEL", 8, role: { Validity.role($0.level) }, text: { SafeText($0.level.title) }).sorts(
                by: .impact
            ),
            ListColumn("NOT AFTER", 10, priority: state.layout.isWide ? 50 : 5) { row in
                row.certificate.notAfter.map { TimeStyle.dateText($0.civil) } ?? "-"
            },
            ListColumn("SUBJECT", 14, weight: 3) { SafeText($0.certificate.shownName) }.sorts(by: .subject),
            ListColumn("ISSUER", 10, weight: 2, priority: 20) { SafeText($0.certificate.shownIssuer) },
            ListColumn("24H USE", 7, alignment: .right) { Figures.short($0.uses24h) }.sorts(by: .uses),
            ListColumn("TRAFFIC", 7, alignment: .right) { traffic($0) }.sorts(by: .impact),
            ListColumn("IPS", 3, priority: state.layout.isWide ? 40 : 4, alignment: .right) {
                $0.addressesAreExact ? "\($0.addresses)" : "\($0.addresses)+"
            },
            ListColumn("LAST", 5, priority: 30) { $0.lastSeen.map { times.brief($0) } ?? "-" },
            ListColumn("RENEWAL", 13) { renewal($0) },
        ]
    }

    private static func left(_ row: ExpiringCertificate) -> SafeText {
        row.remaining <= 0 ? SafeText("-\(TimeWriter.span(-row.remaining).string)") : TimeWriter.span(row.remaining)
    }

    private static func traffic(_ row: ExpiringCertificate) -> SafeText {
        if row.rejected24h > 0, row.uses24h == 0 { return "rej" }
        return "\(Figures.tenths(row.share * 100))%"
    }

    private static func renewal(_ row: ExpiringCertificate) -> SafeText {
        if row.isDormant { return "dormant" }
        guard let successor = row.successor else { return "none" }
        return
            "new \(SafeText(String(successor.shortFingerprint.prefix(4)))) \(Int((row.successorShare * 100).rounded()))%"
    }

    // MARK: The selected one

    private static func drawPane(_ list: [ExpiringCertificate], _ state: DashboardState, into screen: inout Screen) {
        guard let row = list.first(where: { $0.id == state.expiringCursor.selected }) ?? list.first else { return }
        let y = state.layout.bodyTop + 1 + state.plan.listRows
        let width = screen.size.columns - 2
        screen.rule(
            y: y,
            title: "\(SafeText(row.certificate.shownName)): \(Validity.words(row.certificate, now: state.now))"
        )
        for (index, line) in words(row, state, width: width).prefix(state.plan.paneRows).enumerated() {
            screen.put(line, x: 1, y: y + 1 + index, width: width)
        }
    }

    private static func words(_ row: ExpiringCertificate, _ state: DashboardState, width: Int) -> [StyledLine] {
        var lines: [StyledLine] = []
        if let end = row.certificate.notAfter { lines.append(Label.line("ends", state.times.full(end))) }
        var uses: SafeText =
            "\(Figures.grouped(row.uses24h)) accepted in 24h, \(Figures.tenths(row.share * 100))% of all"
        if row.rejected24h > 0 { uses += ", \(Figures.grouped(row.rejected24h)) rejected" }
        lines.append(
            Label.line("uses", uses + ", from \(Figures.counted(row.addresses, "address", "addresses"))")
        )
        if !row.stragglers.isEmpty {
            let places = row.stragglers.map { SafeText($0) }.joined(separator: ", ")
            lines += Label.wrapped("still from", places, width: width)
        }
        lines += Label.wrapped("renewal", renewalWords(row), width: width)
        lines += Label.wrapped("do", advice(row), width: width, row.level >= .critical ? .warning : .text)
        if let note = row.certificate.lookup.flatMap({ state.notes[.certificate($0)] }) {
            lines += Label.wrapped("& note", SafeText(note.text), width: width, .mark)
        }
        lines += forecast(state, width: width)
        if state.plan.paneRows >= paneRows + ForecastChart.rows {
            lines.append(StyledLine())
            lines += ForecastChart.lines(steps(state), glyphs: state.glyphs, width: width)
        }
        return lines
    }

    /// Rows of the pane without its chart.
    static let paneRows = 8

    /// How much of the traffic has stopped by the end of each certificate, if nothing is renewed.
    static func forecast(_ state: DashboardState, width: Int) -> [StyledLine] {
        let steps = steps(state)
        guard let last = steps.last else { return [] }
        let cells = min(30, max(8, width / 4))
        let curve = (1...cells).map { cell in
            let time = last.remaining * Int64(cell) / Int64(cells)
            return Int(((steps.last { $0.remaining <= time }?.share ?? 0) * 1000).rounded())
        }
        let words = steps.map { step in
            SafeText("\(Figures.tenths(step.share * 100))% in \(TimeWriter.span(step.remaining))")
        }
        let text = words.prefix(4).joined(separator: ", ") + (words.count > 4 ? ", …" : "")
        return [
            Label.line("stops", [Span("["), Span(state.glyphs.sparkline(curve), .bar), Span("] "), Span(text)])
        ]
    }

    /// What has stopped by the end of each certificate, the first end first.
    private static func steps(_ state: DashboardState) -> [ForecastChart.Step] {
        let ends = (state.allExpiring ?? []).filter { $0.role == .client && $0.share > 0 && $0.remaining > 0 }
            .sorted { $0.remaining < $1.remaining }
        var stopped = 0.0
        return ends.map { row in
            stopped += row.share * (1 - row.successorShare)
            return ForecastChart.Step(remaining: row.remaining, share: stopped)
        }
    }

    private static func renewalWords(_ row: ExpiringCertificate) -> SafeText {
        guard let successor = row.successor else {
            guard row.isOverdue, let usual = row.usualRenewal else {
                return "no newer certificate of this identity has been seen"
            }
            return "overdue: this identity is usually renewed after \(Int((usual * 100).rounded()))% of the lifetime"
        }
        let share = Int((row.successorShare * 100).rounded())
        return
            "\(SafeText(successor.shortFingerprint)) is in use, \(share)% of this identity's requests have moved to it"
    }

    private static func advice(_ row: ExpiringCertificate) -> SafeText {
        if row.isDormant { return "not seen for a while: probably retired" }
        if row.isPast { return "it has ended, and nobody has tried it since" }
        if row.role == .issuer {
            return "a CA: \(Figures.counted(row.dependents, "certificate", "certificates")) below it stop with it"
        }
        if row.level == .expired, row.uses24h > 0 {
            return "it is expired and still accepted: check that the proxy verifies, and renew now"
        }
        if row.level == .expired { return "its client still tries: deploy the renewal there and reload it" }
        if row.successor != nil { return "deploy the renewal on the hosts that still present this one" }
        return "renew before the end, then watch here how the traffic moves"
    }

    // MARK: Numbers and position

    static func numbers(_ state: DashboardState) -> StyledLine {
        guard let list = state.allExpiring else { return StyledLine(" reading…", .dim) }
        let inUse = list.filter(\.counts)
        let expired = inUse.count { $0.level == .expired }
        var spans = [
            Span(" EXPIRING", .title),
            Span("  \(inUse.count - expired) within \(TimeRange.short(state.expiringWithin))"),
            Span("  "), Span("\(expired) expired in use", expired > 0 ? .critical : .text),
        ]
        if let next = inUse.filter({ $0.remaining > 0 && $0.share > 0 }).min(by: { $0.remaining < $1.remaining }) {
            let share: SafeText =
                "\(Figures.tenths(next.share * 100))% of traffic ends in \(TimeWriter.span(next.remaining))"
            spans += [Span("  "), Span(share, .warning)]
        }
        return StyledLine(spans)
    }

    static func position(_ state: DashboardState) -> StyledLine {
        let row = Position.row(state.expiringCursor.index, of: state.expiringList?.count, "certificate")
        let isEmpty = state.expiringList?.isEmpty ?? true
        return isEmpty ? row : row + [Span("   by level, then share of traffic", .dim)]
    }
}
