import CertCore
import Glibc

/// Where a report goes: counts and digests the bytes on their way.
struct ReportSink {
    private var output: StandardOutput
    private let digest: RunningDigest
    private(set) var bytes: Int64 = 0

    init(_ output: StandardOutput) throws {
        guard let digest = RunningDigest() else {
            throw Failure(.failed, what: "report", why: "libcrypto cannot compute SHA-256")
        }
        self.output = output
        self.digest = digest
    }

    /// Appends bytes.
    mutating func write(_ chunk: [UInt8]) throws {
        chunk.withUnsafeBytes { digest.update($0) }
        bytes += Int64(chunk.count)
        try output.write(chunk)
    }

    /// Writes all that is buffered and says what the report amounts to.
    mutating func finish(name: String) throws -> ReportManifest.File {
        try output.flush()
        guard let sha256 = digest.finish() else {
            throw Failure(.failed, what: "report", why: "libcrypto cannot compute SHA-256")
        }
        return ReportManifest.File(name: name, bytes: bytes, sha256: sha256)
    }
}
