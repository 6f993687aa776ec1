import Glibc
import Logging
import SafeText

/// What the log says about followed files: that one cannot be opened, and how far a large one is.
struct FollowNotes {
    private static let pause = Duration.seconds(2)
    /// What is farther behind than this is told of.
    private static let far: Int64 = 16 << 20

    private let logger: Logger
    private var problems: [String: Int32] = [:]
    private var behind: Set<String> = []
    private var last = ContinuousClock.now

    init(logger: Logger) {
        self.logger = logger
    }

    /// Tells that a file is followed no more.
    mutating func tellEnd(of path: String) {
        problems[path] = nil
        behind.remove(path)
        logger.notice("following \(SafeText(path)) no more")
    }

    /// Tells what has changed.
    mutating func tell(of file: FollowedFile) {
        let name = SafeText(file.path)
        if problems[file.path, default: 0] != file.problem {
            problems[file.path] = file.problem
            switch file.problem {
            case 0: logger.notice("following \(name)")
            case ENOENT: logger.notice("waiting for \(name), which is not there yet")
            case EINVAL: logger.warning("\(name) is no regular file and cannot be followed")
            case let number: logger.warning("\(name) cannot be read: \(String(cString: strerror(number)))")
            }
        }
        guard ContinuousClock.now - last >= Self.pause, let (offset, size) = file.progress else { return }
        if size - offset > Self.far {
            last = .now
            behind.insert(file.path)
            logger.notice("reading \(name): \(offset * 100 / max(1, size)) % of \(size >> 20) MiB")
        } else if behind.remove(file.path) != nil {
            logger.notice("reading \(name): caught up")
        }
    }
}
