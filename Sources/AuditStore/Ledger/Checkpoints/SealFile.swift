import Glibc

/// `<database>-seal`: the sealing state, readable by its owner only.
struct SealFile {
    let path: String

    init(database: String) {
        path = database + "-seal"
    }

    /// The stored state; nil when there is no file or it holds none.
    func read() -> SealingState? {
        SmallFile.text(path, limit: 4_096).flatMap { SealingState($0) }
    }

    /// Replaces the state; the bytes of the old one are overwritten on the disk as far as its file system allows.
    ///
    /// A crash leaves the old state or the new one, never half of one.
    func write(_ state: SealingState) throws(StoreError) {
        let old = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        defer { if old >= 0 { close(old) } }
        try SmallFile.replace(path, with: Array(state.text.utf8))
        guard old >= 0 else { return }
        var status = stat()
        guard fstat(old, &status) == 0, status.st_size > 0, status.st_size <= 4_096 else { return }
        let zeros = [UInt8](repeating: 0, count: Int(status.st_size))
        if pwrite(old, zeros, zeros.count, 0) == zeros.count { fdatasync(old) }
    }
}
