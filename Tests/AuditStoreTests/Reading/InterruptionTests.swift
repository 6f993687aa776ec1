import AuditStore
import CertCore
import Dispatch
import Synchronization
import Testing

@Suite("Interrupting a reader")
struct InterruptionTests {
    @Test("A scan that is told to stop throws, and the reader answers the next question")
    func interrupt() throws {
        let sample = try SampleDatabase.large.get()
        let filter = try AuditFilter(parsing: "is:resumed or not is:resumed path:/v1/", now: sample.end)
        let error = Mutex<StoreError?>(nil)
        let done = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            let deadline = ContinuousClock.now + .seconds(30)
            while ContinuousClock.now < deadline {
                do throws(StoreError) {
                    _ = try sample.reader.totals(filter: filter)
                } catch let stopped {
                    error.withLock { $0 = stopped }
                    break
                }
            }
            done.signal()
        }
        while done.wait(timeout: .now() + .milliseconds(1)) == .timedOut { sample.reader.interrupt() }
        #expect(error.withLock { $0?.code } == .interrupted)
        // Others share the reader and are not interrupted any more.
        #expect(try sample.reader.totals().events == Int64(sample.rows.count))
    }
}
