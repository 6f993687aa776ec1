import Glibc

/// A file that appears under its name only when it is complete: written beside it, synced, renamed.
///
/// Files are readable by their owner only, unless told otherwise; an audit report names people and machines.
struct FileDraft: ~Copyable {
    private let path: String
    private let draft: String
    private let descriptor: Int32
    private var isKept = false

    /// Starts a file.
    ///
    /// - Parameter mode: the permission bits, less those of the umask.
    /// - Throws: exit code 73 when it cannot be made, or when its name belongs to a device, a pipe or a folder, which a
    ///   file must not replace.
    init(_ path: String, mode: mode_t = 0o600) throws {
        self.path = path
        draft = path + ".partial-\(getpid())"
        guard !Self.isTaken(path) else {
            descriptor = -1
            throw Failure(
                .cannotCreateOutput,
                what: path,
                why: "this is no regular file",
                remedy: "name another, or redirect stdout"
            )
        }
        unlink(draft)
        descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        if descriptor < 0 {
            throw Failure(
                .cannotCreateOutput,
                what: path,
                why: String(cString: strerror(errno)),
                remedy: "name a file in a folder that you may write"
            )
        }
    }

    /// True when the name belongs to something that a file must not replace: as root a rename takes even a device away.
    private static func isTaken(_ path: String) -> Bool {
        var there = stat()
        return stat(path, &there) == 0 && there.st_mode & S_IFMT != S_IFREG
    }

    deinit {
        close(descriptor)
        if !isKept { unlink(draft) }
    }

    /// The buffered way into the file.
    var output: StandardOutput { StandardOutput(descriptor: descriptor, name: path) }

    /// Makes the file durable and gives it its name.
    ///
    /// - Throws: exit code 73 when it must not replace a file and one has come to be there.
    mutating func keep(replacing: Bool = true) throws {
        guard fsync(descriptor) == 0, replacing ? rename(draft, path) == 0 : link(draft, path) == 0 else {
            if errno == EEXIST {
                throw Failure(.cannotCreateOutput, what: path, why: "a file of this name is there already")
            }
            throw Failure(.ioError, what: path, why: String(cString: strerror(errno)))
        }
        // A name that was linked has the draft beside it, which deinit takes away.
        isKept = replacing
    }

    /// Writes a whole file.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws {
        var file = try FileDraft(path, mode: mode)
        var output = file.output
        try output.write(bytes)
        try output.flush()
        try file.keep()
    }
}
