import CertCore
import Testing

@testable import AuditEvents

@Suite("The reporter's queue")
struct ReporterQueueTests {
    private let now = Timestamp(milliseconds: 1_795_438_800_000)

    private func batch(_ queue: inout ReporterQueue, window: Int = 1000) -> String {
        var bytes: [UInt8] = []
        queue.takeBatch(into: &bytes, limit: 1 << 20, window: window)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func welcome(_ queue: inout ReporterQueue, _ last: UInt64) -> Bool {
        queue.welcome(last: last)
    }

    private func queue(_ events: Int, capacity: Int = 10) -> ReporterQueue {
        var queue = ReporterQueue(capacity: capacity, byteCapacity: 1000)
        for number in 0..<events { _ = queue.append(Array("{\"e\":\(number)}".utf8), now: now) }
        return queue
    }

    @Test("Lines are numbered from the place the collector names")
    func numbers() {
        var queue = queue(2)
        #expect(welcome(&queue, 7))
        #expect(batch(&queue) == "{\"seq\":8,\"e\":0}\n{\"seq\":9,\"e\":1}\n")
        #expect(batch(&queue).isEmpty)
        queue.acknowledge(8)
        #expect(queue.count == 1)
        #expect(queue.isSettled(1))
        #expect(!queue.isSettled(2))
    }

    @Test("After a lost connection what is not acknowledged is sent again, from the collector's last on")
    func resends() {
        var queue = queue(3)
        #expect(welcome(&queue, 0))
        _ = batch(&queue)
        #expect(welcome(&queue, 2))
        #expect(batch(&queue) == "{\"seq\":3,\"e\":2}\n")
    }

    @Test("A collector that has more than was sent means the place is lost")
    func loses() {
        var queue = queue(3)
        #expect(welcome(&queue, 5))
        _ = batch(&queue)
        #expect(!welcome(&queue, 9))
        queue.losePlace()
        #expect(welcome(&queue, 0))
        #expect(batch(&queue).hasPrefix("{\"seq\":1,\"e\":0}\n"))
    }

    @Test("A told loss is told again until an acknowledgement proves that it was heard")
    func tells() {
        var queue = queue(3, capacity: 2)
        let loss = "{\"drop\":1,\"since\":\"2026-11-23T13:00:00.000Z\"}\n"
        #expect(welcome(&queue, 0))
        #expect(batch(&queue).hasPrefix(loss))
        #expect(welcome(&queue, 0))
        #expect(batch(&queue).hasPrefix(loss))
        queue.acknowledge(1)
        #expect(welcome(&queue, 1))
        #expect(!batch(&queue).contains("drop"))
        #expect(queue.dropped == 1)
    }

    @Test("No more than the window is under way, no more than the bytes allowed are kept")
    func limits() {
        var queue = queue(5)
        #expect(welcome(&queue, 0))
        #expect(batch(&queue, window: 2).split(separator: "\n").count == 2)
        #expect(!queue.hasUnsent(window: 2))
        let isTaken = queue.append([UInt8](repeating: 0x20, count: 1000), now: now)
        #expect(!isTaken)
        #expect(queue.dropped == 1)
    }

    @Test("An acknowledgement beyond what is kept settles no more than that")
    func overshoot() {
        var queue = queue(2)
        #expect(welcome(&queue, 0))
        _ = batch(&queue)
        queue.acknowledge(.max)
        #expect(queue.count == 0)
        #expect(queue.acknowledged == 2)
    }
}
