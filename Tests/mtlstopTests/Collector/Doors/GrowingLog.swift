import Glibc
import Testing

@testable import mtlstop

/// A log file as a proxy writes it: opened once, appended to.
final class GrowingLog {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
    }

    deinit {
        close(descriptor)
    }

    /// Writes one record a path.
    func write(_ paths: [String]) {
        write(text: paths.map { Records.nginx($0) + "\n" }.joined())
    }

    func write(text: String) {
        write(bytes: Array(text.utf8))
    }

    func write(bytes: [UInt8]) {
        bytes.withUnsafeBytes { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    /// Makes it empty, as copytruncate does behind its copy.
    func cut() {
        ftruncate(descriptor, 0)
    }
}

/// A log whose lines are numbered throughout, and that is renamed from time to time.
final class RotatingLog {
    private let folder: TestFolder
    private var log: GrowingLog?
    private var files = 0
    private(set) var written = 0

    init(_ folder: TestFolder) {
        self.folder = folder
    }

    func write(_ lines: Int) throws {
        let log = try log ?? GrowingLog(folder["access.log"])
        self.log = log
        log.write((written + 1...written + lines).map { "/\($0)" })
        written += lines
    }

    /// Renames the file; its last write is put so far back that it counts as quiet, and after those before it.
    func rotate(isOld: Bool = false) throws {
        files += 1
        rename(folder["access.log"], folder["access.log.\(files)"])
        log = nil
        guard isOld else { return }
        let time = timespec(tv_sec: Glibc.time(nil) - 3600 + files, tv_nsec: 0)
        utimensat(AT_FDCWD, folder["access.log.\(files)"], [time, time], 0)
    }
}

extension TestFolder {
    /// Copies a file.
    func copy(_ name: String, to other: String) throws {
        _ = try write(Array(text(of: name).utf8), to: other)
    }
}
