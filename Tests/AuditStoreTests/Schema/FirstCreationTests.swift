import AuditEvents
import CertCore
import Foundation
import Synchronization
import Testing

@testable import AuditStore

@Suite("A database that is being made")
struct FirstCreationTests {
    @Test("A reader that opens it meanwhile finds no database or a whole one", arguments: 0..<8)
    func readers(run: Int) throws {
        let place = try TemporaryDatabase()
        let path = place.path
        let outcomes = Mutex<[Result<Void, any Error>]>([])
        let done = DispatchSemaphore(value: 0)
        for _ in 0..<2 {
            // Threads of their own: a loop that waits must not hold the pool that runs the other tests.
            Thread.detachNewThread {
                let outcome = Result { try Self.openUntilThere(path) }
                outcomes.withLock { $0.append(outcome) }
                done.signal()
            }
        }
        try Self.create(path)
        for _ in 0..<2 { done.wait() }
        for outcome in outcomes.withLock({ $0 }) { try outcome.get() }
        #expect(try AuditReader(path: place.path).status().events == 1)
    }

    private static func create(_ path: String) throws {
        let writer = try AuditWriter(path: path, now: WriterHarness.start)
        let session = writer.beginSession(peer: PeerCredentials(pid: 1, uid: 2, gid: 3), now: WriterHarness.start)
        var scanner = LineScanner()
        try Array(#"{"event":"authenticated"}"#.utf8).withUnsafeBytes { line in
            guard case .event(let event) = try scanner.scan(line) else { return }
            _ = try writer.append(event, session: session, producer: nil, received: WriterHarness.start)
        }
        _ = try writer.commit(now: WriterHarness.start)
        try writer.close(now: WriterHarness.start)
    }

    /// Opens again and again until the event is there; the only error on the way is that there is no database.
    private static func openUntilThere(_ path: String) throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            do {
                if try AuditReader(path: path).status().events == 1 { return }
            } catch {
                if error.code != .notFound { throw error }
            }
        }
        throw StoreError(.notFound, path: path, message: "the event did not appear within 20 s")
    }
}
