import AuditEvents
import AuditStore
import CertCore
import SafeText
import Terminal

/// View 3: every certificate that was presented.
enum CertsScreen {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        guard let list = state.certificateList else {
            Notice.draw(["reading the certificates…"], state, into: &screen)
            return
        }
        let table = state.table(columns(state), of: .certs)
        ListScreen.draw(list, table, at: state.certificateCursor, empty: nothing(state), state, into: &screen)
    }

    private static func nothing(_ state: DashboardState) -> [SafeText] {
        if state.filter.isActive { return ["no certificate matches the filter", "U clears it"] }
        guard state.certificateRange == .all else {
            return ["no certificate was used in this time", "t chooses another"]
        }
        return ["no certificate has been presented yet"]
    }

    static func columns(_ state: DashboardState) -> [ListColumn<CertificateUsage>] {
        let times = state.times
        let now = state.now
        let signs = state.signs
        return [
            ListColumn("", 1, priority: 25, role: { _ in .mark }, text: { signs.sign($0.certificate) }),
            ListColumn("SUBJECT", 18, weight: 3) { SafeText($0.certificate.shownName) }.sorts(by: .subject),
            ListColumn("ISSUER", 12, weight: 2, priority: 30) { SafeText($0.certificate.shownIssuer) },
            ListColumn("SHA-256", 9, priority: 20) { SafeText($0.certificate.shortFingerprint) },
            ListColumn(
                "VALIDITY",
                16,
                weight: 1,
                maximum: 24,
                role: { Validity.role($0.certificate, now: now) },
                text: {
                    usage in
                    Validity.words(usage.certificate, now: now)
                }
            ).sorts(by: .expiry),
            ListColumn("OK", 6, alignment: .right) { Figures.short($0.accepted) }.sorts(by: .uses),
            ListColumn(
                "REJ",
                6,
                alignment: .right,
                role: { $0.rejected > 0 ? .rejected : .dim },
                text: {
                    Figures.short($0.rejected)
                }
            ).sorts(by: .uses),
            ListColumn("LAST", 6) { $0.lastSeen.map { times.brief($0) } ?? "-" }.sorts(by: .lastSeen),
            ListColumn(
                "",
                3,
                role: { $0.lastOutcome == .rejected ? .rejected : .ok },
                text: { usage in
                    usage.lastOutcome.map { $0 == .rejected ? "REJ" : "ok" } ?? ""
                }
            ),
        ]
    }

    static func numbers(_ state: DashboardState) -> StyledLine {
        guard let list = state.certificateList else { return StyledLine(" reading…", .dim) }
        let expired = list.count { ($0.certificate.notAfter.map { $0 <= state.now }) ?? false }
        let rejected = list.count { $0.accepted == 0 && $0.rejected > 0 }
        let words: SafeText = isCut(list) ? "shown, a filter (/) narrows" : "presented"
        return [
            Span(" CERTIFICATES", .title), Span("  \(Figures.grouped(list.count)) \(words)"),
            Span("   "), Span("\(Figures.grouped(expired)) expired", expired > 0 ? .warning : .text),
            Span("   "), Span("\(Figures.grouped(rejected)) never accepted", rejected > 0 ? .warning : .text),
        ]
    }

    static func position(_ state: DashboardState) -> StyledLine {
        let row = Position.row(state.certificateCursor.index, of: state.certificateList?.count, "certificate")
        guard let list = state.certificateList, isCut(list) else { return row }
        return row + [Span("   there are more: a filter (/) narrows", .dim)]
    }

    private static func isCut(_ list: [CertificateUsage]) -> Bool { list.count >= QuestionAnswerer.listLimit }
}
