import AuditStore
import CertCore
import Glibc

/// One path that is followed through renames and copies; for the thread of the follow door.
///
/// A rotated file is read to its end before the new one is begun: a renamed one until it has been quiet for a while,
/// since its writer goes on writing until it opens the new file; of one that was copied and cut, the copy.
final class FollowedFile {
    /// What a turn gave.
    enum Turn {
        case chunk(FollowedChunk)
        /// Nothing was there.
        case nothing
        /// Nothing was there, but soon something is to be done.
        case nothingYet
    }

    /// How much is read at a time.
    static let chunkSize = 256 << 10

    let path: String
    private let patience: Duration
    private var stored: FollowedPosition?
    private var log: LogFile?
    private var isFirst = true
    /// True for a file beside the path: it was rotated away.
    private var isRotated = false
    /// True for a copy: nobody writes to it.
    private var isCopy = false
    private var quietSince: ContinuousClock.Instant?
    /// What is to be told of lines that may be gone.
    private var gap: String?
    /// Why the file cannot be opened, as it was last told.
    private(set) var problem: Int32 = 0

    init(path: String, from stored: FollowedPosition?, patience: Duration) {
        self.path = path
        self.stored = stored
        self.patience = patience
    }

    /// How far it is and how large; nil while none is open.
    var progress: (offset: Int64, size: Int64)? { log.map { ($0.offset, $0.size) } }

    /// Reads on.
    func turn() -> Turn {
        guard let log = log ?? open() else { return .nothing }
        // Before anything is read of a file it is asked whether it is still the one that was read.
        if !isRotated, log.wasCut { return goOnBehindCut(log) }
        let position = log.position
        let bytes = log.read(atMost: Self.chunkSize)
        guard bytes.isEmpty else {
            quietSince = nil
            return chunk(log, from: position.offset, bytes)
        }
        return atEnd(of: log)
    }

    private func chunk(_ log: LogFile, from offset: Int64, _ bytes: [UInt8], isLast: Bool = false) -> Turn {
        defer { isFirst = false }
        var position = log.position
        position.offset = offset
        return .chunk(
            FollowedChunk(path: path, position: position, bytes: bytes, isFirst: isFirst, isLast: isLast)
        )
    }

    // MARK: Beginnings

    /// Opens what is to be read next: where reading stopped, else the file at the path.
    private func open() -> LogFile? {
        do throws(SocketError) {
            let file = try LogFile(path: path)
            problem = 0
            return begin(file)
        } catch {
            problem = error.number
            return nil
        }
    }

    private func begin(_ file: LogFile) -> LogFile? {
        (isFirst, isRotated, isCopy, quietSince) = (true, false, false, nil)
        defer { stored = nil }
        guard let stored else {
            log = file
            return file
        }
        if file.continues(stored) {
            file.resume(at: stored)
            log = file
        } else if let old = RotatedLog(beside: path).file(of: stored) {
            (log, isRotated, isCopy) = (old, true, !old.continues(stored))
        } else {
            log = file
            gap = "\(path) was replaced or cut; what it held beyond what was read is unknown"
        }
        return log
    }

    /// Tells, once, that lines may be gone.
    func takeGap() -> FollowedGap? {
        defer { gap = nil }
        return gap.map { FollowedGap(path: path, detail: $0) }
    }

    // MARK: Ends

    private func goOnBehindCut(_ log: LogFile) -> Turn {
        if let copy = RotatedLog(beside: path).file(of: log.position) {
            (self.log, isRotated, isCopy) = (copy, true, true)
        } else {
            log.restart()
            isFirst = true
            gap = "\(path) was replaced or cut; what it held beyond what was read is unknown"
        }
        return .nothingYet
    }

    private func atEnd(of log: LogFile) -> Turn {
        if isCopy { return finish(log) }
        guard isRotated || wasReplaced(log) else { return .nothing }
        let since = quietSince ?? .now
        quietSince = since
        let isQuiet = ContinuousClock.now - since >= patience || (isRotated && isOld(log))
        return isQuiet ? finish(log) : .nothingYet
    }

    /// Nobody has written to it for so long.
    ///
    /// Asked of files that were rotated before they were found; one that is rotated
    /// under our eyes may have been idle, and its writer may still hold it open.
    private func isOld(_ log: LogFile) -> Bool {
        let age = Timestamp.now().milliseconds - log.written / 1_000_000
        return Double(age) >= patience.seconds * 1000
    }

    /// The path names another file now.
    private func wasReplaced(_ log: LogFile) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return UInt64(status.st_dev) != log.device || UInt64(status.st_ino) != log.inode
    }

    /// The file is done; its last line may lack its newline.
    ///
    /// Rotated files that came after it are read next.
    private func finish(_ log: LogFile) -> Turn {
        let last = chunk(log, from: log.offset, [], isLast: true)
        self.log = nil
        (isFirst, isRotated, isCopy, quietSince) = (true, true, false, nil)
        switch RotatedLog(beside: path).successor(of: log) {
        case .file(let next): self.log = next
        case .compressed(let name): gap = "\(name) was compressed before it was read"
        case .none: break
        }
        return last
    }
}
