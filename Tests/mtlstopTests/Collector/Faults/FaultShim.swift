import Glibc
import Testing

/// `fixtures/faults/shim.c`, compiled for a test: makes the collector's file system calls fail when told to.
struct FaultShim {
    private let folder: TestFolder

    /// Compiles the shim into the folder.
    init(in folder: TestFolder) throws {
        self.folder = folder
        let source = try #require(Self.source())
        let compiler = try ChildProcess(
            ["-shared", "-fPIC", "-o", folder["shim.so"], source],
            in: folder,
            label: "cc",
            program: "/usr/bin/cc"
        )
        try #require(try compiler.wait() == 0, "\(compiler.errors)")
        try #require(mkdir(folder["faults"], 0o700) == 0)
    }

    /// What the collector's environment needs.
    var environment: [String: String] {
        ["LD_PRELOAD": folder["shim.so"], "MTLSTOP_FAULTS": folder["faults"]]
    }

    /// From now on the call fails: for ever, or `once`.
    func fail(_ call: String, _ number: Int32, once: Bool = false) throws {
        // A rename, so that no call sees half a file.
        _ = try folder.write(Array("\(number)\(once ? " 1" : "")".utf8), to: "fault.new")
        try #require(rename(folder["fault.new"], folder["faults/" + call]) == 0)
    }

    /// The call works again.
    func mend(_ call: String) {
        unlink(folder["faults/" + call])
    }

    /// True when the fault has happened (of one that happens once).
    func hasHappened(_ call: String) -> Bool {
        access(folder["faults/" + call], F_OK) != 0
    }

    private static func source(_ file: String = #filePath) -> String? {
        guard let tests = file.firstRange(of: "/Tests/") else { return nil }
        return file[..<tests.lowerBound] + "/fixtures/faults/shim.c"
    }
}
