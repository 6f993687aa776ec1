import AuditStore
import Terminal

/// The rows of a body: how many the list gets, how many the panes below it.
struct BodyPlan: Hashable, Sendable {
    /// Rows of the main list, without its column titles.
    var listRows: Int
    /// Rows of the second list (who was rejected), without rule and titles; 0 hides it.
    var secondRows = 0
    /// Rows of the text pane at the bottom, without its rule; 0 hides it.
    var paneRows = 0

    /// Rows that the preview of Live gets: why, reason, request, certificate, and what to do.
    static let previewRows = 8
}

extension DashboardState {
    var layout: Layout { Layout(size, isDense: options.isDense) }

    /// True when Live shows the preview below its list.
    var showsPreview: Bool {
        guard layout.kind == .full, view == .live, places.isEmpty else { return false }
        return previewChoice ?? layout.hasRoomForPreview
    }

    /// True when the list on the screen has column titles: the short list of Live has none.
    var hasTitles: Bool { layout.kind != .small || view != .live || !places.isEmpty }

    /// True when the preview stands to the right of the list.
    var showsPreviewBeside: Bool { showsPreview && options.previewsBeside && layout.isWide }

    /// Cells of a preview beside the list, with its rule.
    var previewColumns: Int { max(44, size.columns * 2 / 5) }

    /// How the body of the screen on top is divided.
    var plan: BodyPlan {
        let rows = layout.bodyRows
        if layout.kind == .small { return BodyPlan(listRows: max(1, hasTitles ? rows - 1 : rows)) }
        if view == .rejections, places.isEmpty { return rejectionPlan(rows) }
        if showsPreviewBeside { return BodyPlan(listRows: max(1, rows - 1), paneRows: max(0, rows - 1)) }
        if showsPreview {
            return BodyPlan(listRows: max(1, rows - 2 - BodyPlan.previewRows), paneRows: BodyPlan.previewRows)
        }
        if view == .expiring, places.isEmpty { return expiringPlan(rows) }
        if view == .sources { return panePlan(rows, wanted: layout.hasRoomForPreview ? 13 : 7) }
        if view == .changes, places.isEmpty { return panePlan(rows, wanted: 4) }
        return BodyPlan(listRows: max(1, rows - 1))
    }

    /// The pane of Expiring has its chart where the list keeps twelve rows.
    private func expiringPlan(_ rows: Int) -> BodyPlan {
        let whole = ExpiringScreen.paneRows + ForecastChart.rows + 1
        guard layout.isWide else { return panePlan(rows, wanted: 5) }
        return panePlan(rows, wanted: rows - 2 - whole >= 12 ? whole : ExpiringScreen.paneRows)
    }

    /// A list with a text pane below it; the pane only where the list keeps five rows.
    private func panePlan(_ rows: Int, wanted: Int) -> BodyPlan {
        let list = rows - 2 - wanted
        return list >= 5 ? BodyPlan(listRows: list, paneRows: wanted) : BodyPlan(listRows: max(1, rows - 1))
    }

    /// Reasons, who, why: the panes share the body; below 15 rows only the reasons are shown.
    private func rejectionPlan(_ rows: Int) -> BodyPlan {
        guard rows >= 15 else { return BodyPlan(listRows: max(1, rows - 1)) }
        let pane = rows >= 24 ? 8 : 5
        let lists = rows - pane - 4
        let groups = max(4, min(lists / 2, max(4, histogram?.groups.count ?? 0)))
        return BodyPlan(listRows: groups, secondRows: lists - groups, paneRows: pane)
    }
}
