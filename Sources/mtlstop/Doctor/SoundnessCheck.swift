import AuditStore
import Dispatch

/// Looks at every page of the database, for a few seconds at most.
struct SoundnessCheck {
    let databasePath: String
    /// How long to look; a large database is looked at in part.
    var patience = DispatchTimeInterval.seconds(3)

    private static let name = "pages"

    /// Nil when there is no database to look at, which another check tells.
    func finding() -> Finding? {
        guard FileFacts(path: databasePath).map({ $0.kind == .file && $0.size > 0 }) == true else { return nil }
        do throws(StoreError) {
            let soundness = try AuditReader(path: databasePath).quickCheck { end in
                DispatchQueue.global().asyncAfter(deadline: .now() + patience, execute: end)
            }
            switch soundness {
            case .sound: return .ok(Self.name, "every page of the database is in order")
            case .soundSoFar: return .ok(Self.name, "no damage found so far; mtlstop verify looks at everything")
            case .damaged(let words): return damaged(words)
            }
        } catch {
            return damaged(error.message)
        }
    }

    private func damaged(_ words: String) -> Finding {
        let mend = "keep a copy of the file, let mtlstop verify say which part is affected, and look at the disk"
        return .problem(Self.name, "the database is damaged: \(words)", mend: mend)
    }
}
