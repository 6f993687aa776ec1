import AuditStore
import SafeText
import Terminal

/// Rejections, second level: who was rejected for one reason.
enum PartiesScreen {
    static func draw(_ state: DashboardState, into screen: inout Screen) {
        guard let parties = state.parties else {
            Notice.draw(["reading…"], state, into: &screen)
            return
        }
        let empty: [SafeText] = ["nobody any more: the range has moved on"]
        let table = state.table(columns(state), of: .parties)
        ListScreen.draw(parties, table, at: state.partyCursor, empty: empty, state, into: &screen)
    }

    static func columns(_ state: DashboardState) -> [ListColumn<RejectedParty>] {
        let times = state.times
        let columns: [ListColumn<RejectedParty>] = [
            ListColumn("SUBJECT", 16, weight: 3) {
                $0.certificate.map { SafeText($0.shownName) } ?? "(no certificate)"
            }.sorts(by: .subject),
            ListColumn("ISSUER", 10, weight: 2, priority: 20) { SafeText($0.certificate?.shownIssuer ?? "-") },
            ListColumn("SHA-256", 9, priority: state.layout.isWide ? 50 : 5) { party in
                SafeText(party.certificate?.shortFingerprint ?? "-")
            },
            ListColumn("CLIENT IP", 15, weight: 1, maximum: 39) { SafeText($0.ip ?? "-") },
            ListColumn("COUNT", 6, alignment: .right) { Figures.short($0.count) }.sorts(by: .count),
            ListColumn("FIRST", 5, priority: 30) { times.brief($0.first) }.sorts(by: .first),
            ListColumn("LAST", 5) { times.brief($0.last) }.sorts(by: .last),
            ListColumn(
                "WHY",
                14,
                weight: 1,
                maximum: 24,
                priority: 35,
                role: { _ in .rejected },
                text: { state.title($0.latest?.title ?? "-") }
            ),
            ListColumn("OTHERWISE", 12, weight: 1, priority: 40) { party in
                guard party.certificate != nil else { return "" }
                return party.accepted == 0 ? "never ok" : "ok \(Figures.short(party.accepted)) times"
            },
        ]
        // Below a reason every row has the same one.
        return state.grouping == .reason ? columns.filter { $0.title != "WHY" } : columns
    }
}
