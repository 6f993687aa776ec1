import Glibc
import Testing

@testable import Terminal

@Suite("The pipe that wakes the terminal's wait")
struct WakePipeTests {
    @Test("Many calls before a look are one wake-up")
    func callsAreOne() throws {
        let pipe = try WakePipe()
        pipe.wake()
        pipe.wake()
        #expect(isReadable(pipe))
        #expect(pipe.take())
        #expect(!pipe.take())
    }

    @Test("No call is lost, however calls and looks meet")
    func noCallIsLost() async throws {
        let pipe = try WakePipe()
        // Looks only when there is something to see, as the terminal does: a look for its own sake would cure a lost call.
        for _ in 0..<50 {
            async let caller: Void = Task.detached { for _ in 0..<2000 { pipe.wake() } }.value
            for _ in 0..<2000 where isReadable(pipe) { _ = pipe.take() }
            await caller
            if isReadable(pipe) { _ = pipe.take() }
            pipe.wake()
            try #require(isReadable(pipe))
        }
    }

    private func isReadable(_ pipe: WakePipe) -> Bool {
        var descriptor = pollfd(fd: pipe.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) == 1
    }
}
