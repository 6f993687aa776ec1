import Glibc

/// Sends what is written to stderr into a file while the screen is up.
final class ErrorLog {
    private var saved: Int32 = -1

    /// Redirects stderr to `dashboard.log` in the database's folder, or to nothing where that cannot be written.
    init(beside databasePath: String) {
        let folder = databasePath.lastIndex(of: "/").map { String(databasePath[...$0]) } ?? ""
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
        var file = open(folder + "dashboard.log", flags, 0o600)
        if file < 0 { file = open("/dev/null", O_WRONLY | O_CLOEXEC) }
        guard file >= 0 else { return }
        fflush(nil)
        saved = dup(STDERR_FILENO)
        dup2(file, STDERR_FILENO)
        close(file)
    }

    /// Gives stderr back; more calls do nothing.
    func restore() {
        guard saved >= 0 else { return }
        fflush(nil)
        dup2(saved, STDERR_FILENO)
        close(saved)
        saved = -1
    }

    deinit { restore() }
}
