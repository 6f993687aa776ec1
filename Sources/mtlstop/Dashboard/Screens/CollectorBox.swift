import AuditStore
import CertCore
import SafeText
import Terminal

/// The box about a collector that has gone: what is known, what still works, what to do.
enum CollectorBox {
    /// What starts a collector again.
    static let command: SafeText = "mtlstop collect"

    static func draw(_ state: DashboardState, into screen: inout Screen) {
        guard case .down(let pid, let since) = state.health.collector else { return }
        let width = min(72, screen.size.columns - 8)
        let lines = lines(state, pid, since: "\(state.times.full(since))", width: width)
        let room = screen.popup(
            content: Size(columns: width, rows: lines.count),
            title: "COLLECTOR DOWN",
            footer: "Esc hides this, i shows it"
        )
        for (index, line) in lines.prefix(room.height).enumerated() {
            screen.put(line, x: room.x, y: room.y + index, width: room.width)
        }
    }

    private static func lines(_ state: DashboardState, _ pid: Int32?, since: SafeText, width: Int) -> [StyledLine] {
        let process: SafeText = pid.map { "process \($0) has ended" } ?? "nobody listens on its socket"
        let recorded: SafeText? = state.status?.lastReceived.map { "everything recorded up to \(state.times.full($0))" }
        var lines = Label.wrapped("known", "\(process), noticed \(since)", width: width)
        lines += Label.wrapped("socket", SafeText(state.socketPath), width: width)
        lines += Label.wrapped("works", recorded ?? "everything recorded so far", width: width)
        lines += Label.wrapped(
            "missing",
            "applications hold events in their own memory and send them again",
            width: width
        )
        lines += Label.wrapped("do", "\(command), or systemctl start mtlstop (y copies)", width: width)
        lines += Label.wrapped("then", "this window finds it by itself within 2 s; r looks at once", width: width)
        return lines
    }
}
