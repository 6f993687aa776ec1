import AuditSamples
import Glibc

/// SQLite's own loader on the same rows, already reduced to integers: a ceiling, not a rival.
struct ShellImport {
    private let folder: ScratchFolder

    init(traffic: SampleTraffic, folder: ScratchFolder) throws {
        self.folder = folder
        guard let file = fopen(folder["rows.csv"], "w") else { throw BenchmarkError("rows.csv", errno) }
        defer { fclose(file) }
        traffic.narrowRows { row in row.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) } }
    }

    /// The time that `sqlite3` needs from its start to its end.
    func run() throws -> Duration {
        let begin = ContinuousClock.now
        let command = [
            "sqlite3", folder["import.db"], "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
            SampleTraffic.importTable, ".mode csv", ".import '\(folder["rows.csv"])' narrow",
        ]
        let status = try Program(command, output: folder["import.txt"], folder: folder).wait()
        guard status == 0 else { throw BenchmarkError("sqlite3 ended with \(status)") }
        return ContinuousClock.now - begin
    }
}
