import SafeText

/// Says who records.
enum CollectorWords {
    /// What stands behind the word "collector".
    static func state(_ state: DashboardState) -> SafeText {
        switch state.health.collector {
        case .unknown: "looking for one"
        case .inside: "runs inside this dashboard"
        case .outside(let pid): pid.map { "runs, pid \($0)" } ?? "runs"
        case .absent: "none runs (read-only)"
        case .down(_, let since): "gone since \(state.times.brief(since))"
        }
    }
}
