import Glibc
import Testing

/// A small file system (tmpfs) in a mount namespace of its own, held by a process that ends with the test.
final class SmallDisk {
    private let holder: ChildProcess
    private let folder: TestFolder

    /// Whether this process may make a mount namespace; without that right such tests cannot run.
    static let isPossible: Bool = {
        guard let folder = try? TestFolder() else { return false }
        let trial = try? ChildProcess(
            ["-m", "mount", "-t", "tmpfs", "none", folder.path],
            in: folder,
            program: "/usr/bin/unshare"
        )
        return (try? trial?.wait()) == 0
    }()

    /// Mounts a file system of that size on `disk` in the folder.
    init(size: String, in folder: TestFolder) throws {
        self.folder = folder
        try #require(mkdir(folder["disk"], 0o700) == 0)
        let script =
            "mount -t tmpfs -o size=\(size) none \(folder["disk"]) && touch \(folder["disk-ready"]) && exec sleep 120"
        holder = try ChildProcess(["-m", "sh", "-c", script], in: folder, label: "disk", program: "/usr/bin/unshare")
        try wait { access(folder["disk-ready"], F_OK) == 0 }
    }

    /// A file of the disk as seen from outside of its namespace.
    func path(_ name: String) -> String { "/proc/\(holder.pid)/root" + folder["disk"] + "/" + name }

    /// The command that runs a program inside.
    func command(_ arguments: [String]) -> [String] {
        ["--mount=/proc/\(holder.pid)/ns/mnt", "--"] + arguments
    }

    /// Runs a shell line inside, to its end.
    func run(_ script: String) throws {
        let child = try ChildProcess(
            command(["/bin/sh", "-c", script]),
            in: folder,
            label: "script",
            program: "/usr/bin/nsenter"
        )
        try #require(try child.wait() == 0, "\(child.errors)")
    }

    /// The folder of the disk, for programs inside.
    var mount: String { folder["disk"] }
}
