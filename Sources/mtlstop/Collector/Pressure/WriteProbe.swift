import Glibc

/// Finds out why a database cannot be written when SQLite only says "disk I/O error": it does what SQLite does, with a
/// file of its own beside it, and looks at the system's answer.
struct WriteProbe {
    private let path: String
    /// Where SQLite writes next: behind the end of its log.
    private let offset: off_t

    /// A probe beside a database.
    init(database: String) {
        path = database + "-probe"
        var status = stat()
        offset = stat(database + "-wal", &status) == 0 ? status.st_size : 0
    }

    /// The state that the answer stands for; `busy` when writing works or fails for a reason without a name.
    var state: IntakeState {
        switch failure {
        case ENOSPC, EDQUOT, EFBIG: .diskFull
        case EROFS, EACCES, EPERM: .readOnly
        default: .busy
        }
    }

    private var failure: Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return errno }
        defer {
            close(descriptor)
            unlink(path)
        }
        return pwrite(descriptor, "x", 1, offset) == 1 ? 0 : errno
    }
}
