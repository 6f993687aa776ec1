import AuditStore
import SafeText
import Terminal

/// Marking rows.
extension DashboardState {
    /// The row that `m` marks: the event, else the certificate.
    private var markable: MarkedRow? {
        if let event = selectedEvent { return .event(event.id) }
        return certificateInView.map { .certificate($0.name) }
    }

    mutating func toggleMark() {
        guard let row = markable else {
            say("nothing is selected here")
            return
        }
        guard marks.toggle(row) else {
            say("\(Marks.limit) rows are marked: that is the most", role: .warning)
            return
        }
        refreshSelections()
        say("\(Figures.counted(marks.rows.count, "row is", "rows are")) marked")
        if isList { moveInList(.rowDown) }
    }

    /// Shows only what is marked; once more shows what was there before.
    mutating func toggleOnlyMarked() {
        let condition = "is:marked"
        if filter.text == condition {
            setFilter("")
        } else if filter.text.hasSuffix(" and " + condition) {
            setFilter(String(filter.text.dropLast(condition.count + 5)))
        } else if marks.isEmpty {
            say("nothing is marked: m marks the selected row")
        } else {
            narrowFilter(condition)
        }
    }
}
