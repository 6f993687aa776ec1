import CertCore
import Dispatch
import Synchronization

/// Where a report goes: counts and digests the bytes on their way, and writes them, on a thread of its own while the
/// next are made.
final class ReportSink: Sendable {
    private struct State {
        var output: StandardOutput
        let digest: RunningDigest
        var bytes: Int64 = 0
    }

    /// How many pieces may wait: enough to bridge a slow write, and no memory worth a word.
    private static let mostWaiting = 8

    private let state: Mutex<State>
    private let failure = Mutex<(any Error)?>(nil)
    private let room = DispatchSemaphore(value: mostWaiting)
    private let queue = DispatchQueue(label: "report-sink")

    init(_ output: StandardOutput) throws {
        guard let digest = RunningDigest() else {
            throw Failure(.failed, what: "report", why: "libcrypto cannot compute SHA-256")
        }
        state = Mutex(State(output: output, digest: digest))
    }

    /// Appends bytes; throws what an earlier piece met with.
    func write(_ chunk: [UInt8]) throws {
        try check()
        room.wait()
        queue.async {
            self.take(chunk)
            self.room.signal()
        }
    }

    /// Writes all that is left and says what the report amounts to.
    func finish(name: String) throws -> ReportManifest.File {
        queue.sync {}
        try check()
        return try state.withLock { state in
            try state.output.flush()
            guard let sha256 = state.digest.finish() else {
                throw Failure(.failed, what: "report", why: "libcrypto cannot compute SHA-256")
            }
            return ReportManifest.File(name: name, bytes: state.bytes, sha256: sha256)
        }
    }

    private func check() throws {
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// On the queue; after a failure nothing more is written.
    private func take(_ chunk: [UInt8]) {
        guard failure.withLock({ $0 == nil }) else { return }
        do {
            try state.withLock { state in
                chunk.withUnsafeBytes { state.digest.update($0) }
                state.bytes += Int64(chunk.count)
                try state.output.write(chunk)
            }
        } catch {
            failure.withLock { $0 = error }
        }
    }
}
