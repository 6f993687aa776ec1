import GRDB

/// What SQLite says of the soundness of a database file.
public enum FileSoundness: Hashable, Sendable {
    /// Every page was looked at and is in order.
    case sound
    /// What was looked at is in order; the time was up before the end.
    case soundSoFar
    /// The first thing that is wrong, in SQLite's words.
    case damaged(String)
}

extension AuditReader {
    /// Looks at the file page by page, as far as the time reaches (`PRAGMA quick_check`): about a second for 500 MB
    /// that are in memory.
    ///
    /// Indexes are not compared with their tables, and hashes not with events: that is `mtlstop verify`.
    ///
    /// - Parameter stop: is called before the check begins with what ends it; whoever measures the time calls that.
    public func quickCheck(
        stoppingBy stop: (@escaping @Sendable () -> Void) -> Void
    ) throws(StoreError) -> FileSoundness {
        do throws(StoreError) {
            return try read { snapshot in
                stop { self.interrupt() }
                let answer = try String.fetchOne(snapshot.db, sql: "PRAGMA quick_check(1)") ?? "no answer"
                return answer == "ok" ? .sound : .damaged(answer)
            }
        } catch  where error.code == .interrupted {
            return .soundSoFar
        }
    }
}
