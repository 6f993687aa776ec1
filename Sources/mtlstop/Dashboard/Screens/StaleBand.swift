import AuditStore
import CertCore
import SafeText
import Terminal

/// The band that says that nothing is being recorded; it takes the place of the numbers.
enum StaleBand {
    /// The line; nil while all is well.
    static func line(_ state: DashboardState) -> StyledLine? {
        if case .unreadable(let reason) = state.health.database {
            return StyledLine("! DATABASE NOT READABLE  \(reason)", .critical)
        }
        guard case .down(let pid, let since) = state.health.collector else { return nil }
        var spans = [
            Span("! COLLECTOR DOWN", .critical),
            Span("  "), Span("\(pid.map { "pid \($0) " } ?? "")left \(state.times.brief(since))", .warning),
        ]
        if let last = state.status?.lastReceived {
            spans += [Span("  "), Span("last event \(TimeWriter.span(max(0, state.now - last))) ago", .warning)]
        }
        spans.append(Span("  records stay usable", .warning))
        return StyledLine(spans)
    }
}
