import AuditStore
import CertCore

/// Looks into the database: how much it holds, what is known to be missing, and whether its times can be true.
struct ContentCheck {
    let databasePath: String
    let clock: Clock

    private static let name = "events"
    /// An event from further in the future than this was stamped by a clock that is wrong, here or there.
    private static let tolerance: Int64 = 60_000

    /// No findings when there is no database to look into, which another check tells.
    func findings() -> [Finding] {
        guard FileFacts(path: databasePath).map({ $0.kind == .file && $0.size > 0 }) == true else { return [] }
        do throws(StoreError) {
            let status = try AuditReader(path: databasePath).status()
            return [contents(status), losses(status), times(status)].compactMap { $0 }
        } catch {
            return [.problem(Self.name, error.message, mend: "mtlstop verify says what is damaged")]
        }
    }

    private func contents(_ status: StoreStatus) -> Finding {
        let times = [status.oldest.map { ", oldest \($0.rfc3339)" }, status.newest.map { ", newest \($0.rfc3339)" }]
        let range = times.compactMap { $0 }.joined()
        return .ok(Self.name, "\(status.events) events, \(status.certificates) certificates\(range)")
    }

    private func losses(_ status: StoreStatus) -> Finding? {
        if status.lostEvents == 0 && status.badLines == 0 { return nil }
        let text = "\(status.lostEvents) events are known to be lost, \(status.badLines) lines could not be read"
        return .warning(Self.name, text, mend: "look at the reporters in view 5 of the dashboard")
    }

    private func times(_ status: StoreStatus) -> Finding? {
        guard let newest = status.newest, newest - clock.now > Self.tolerance else { return nil }
        let text = "the newest event is of \(newest.rfc3339), now is \(clock.now.rfc3339)"
        return .warning("clock", text, mend: "set the clocks of this machine and of the reporters with NTP")
    }
}
