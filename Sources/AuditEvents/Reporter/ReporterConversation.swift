import CertCore
import Glibc
import SafeText

/// One connection to the collector, from hello to its end.
struct ReporterConversation {
    /// How it ended.
    enum End: Equatable {
        /// Everything is settled, or the reporter's time is over.
        case finished
        /// The connection broke.
        case lost
        /// The collector stops for a while.
        case postponed(milliseconds: Int)
        /// The producer's name is used by somebody else.
        case misplaced
    }

    /// Bytes put into the output at a time; holding the lock for a copy of them takes about 10 microseconds.
    private static let batch = 65536
    private static let greetingTimeout: Int64 = 10_000
    private static let farewellTimeout: Int64 = 2_000
    private static let longestLine = 1 << 20

    private let core: ReporterCore
    private let stream: UnixStream
    private let producer: String
    private var input: [UInt8] = []
    private var output: [UInt8] = []
    private var written = 0
    private var limit: Int64
    private var saidBye = false
    private(set) var wasGreeted = false

    init(core: ReporterCore, stream: UnixStream, producer: String) {
        self.core = core
        self.stream = stream
        self.producer = producer
        limit = MonotonicClock.milliseconds() + Self.greetingTimeout
        output = hello()
    }

    private func hello() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("mtlstop", 1)
        writer.member("producer", producer)
        if let application = core.configuration.application { writer.member("app", application) }
        writer.member("ack", true)
        writer.endObject()
        writer.newline()
        return writer.bytes
    }

    mutating func run() -> End {
        while true {
            if let end = prepare() { return end }
            let ready = wait()
            if ready.contains(.input), let end = receive() { return end }
            if ready.contains(.output), let end = transmit() { return end }
        }
    }

    /// Fills the output and looks at the clock; an end when it is time.
    private mutating func prepare() -> End? {
        let now = MonotonicClock.milliseconds()
        let greeted = wasGreeted
        var batch: [UInt8] = []
        let isOutputEmpty = written == output.count
        let (deadline, isSettled) = core.withState { state in
            if greeted, isOutputEmpty {
                state.queue.takeBatch(into: &batch, limit: Self.batch, window: state.window)
            }
            state.isAsleep = greeted && isOutputEmpty && batch.isEmpty
            return (state.deadline, state.queue.isSettled(state.queue.taken))
        }
        if isOutputEmpty {
            output = batch
            written = 0
        }
        // A loss that is told settles what nothing else would.
        if !batch.isEmpty { core.releaseWaiters() }
        if !wasGreeted || saidBye, now >= limit { return saidBye ? .finished : .lost }
        guard let deadline else { return nil }
        if now >= deadline { return .finished }
        if isSettled, wasGreeted, isOutputEmpty, batch.isEmpty, !saidBye { sayBye(now) }
        return nil
    }

    private mutating func sayBye(_ now: Int64) {
        saidBye = true
        limit = now + Self.farewellTimeout
        output = Array("{\"bye\":1}\n".utf8)
        written = 0
    }

    private struct Ready: OptionSet {
        let rawValue: UInt8
        static let input = Ready(rawValue: 1)
        static let output = Ready(rawValue: 2)
    }

    /// Waits until the socket is ready, the reporter has something, or the next limit passes.
    private func wait() -> Ready {
        let now = MonotonicClock.milliseconds()
        var until: Int64? = !wasGreeted || saidBye ? limit : nil
        if let deadline = core.withState({ $0.deadline }) { until = min(until ?? deadline, deadline) }
        // Without a pipe (no descriptors were left) nobody can wake it, so that it looks by itself.
        let timeout = until.map { CInt(clamping: max($0 - now, 0) + 1) } ?? (core.pipe == nil ? 50 : -1)
        let wantsOutput = written < output.count
        var descriptors = [
            pollfd(fd: stream.descriptor, events: Int16(POLLIN | (wantsOutput ? POLLOUT : 0)), revents: 0),
            pollfd(fd: core.pipe?.readEnd ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&descriptors, 2, timeout) > 0 else { return [] }
        if descriptors[1].revents != 0 { core.pipe?.drain() }
        var ready: Ready = []
        if descriptors[0].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 { ready.insert(.input) }
        if descriptors[0].revents & Int16(POLLOUT) != 0 { ready.insert(.output) }
        return ready
    }

    private mutating func transmit() -> End? {
        switch stream.write(output, from: written) {
        case .bytes(let count): written += count
        case .wouldBlock: break
        case .closed: return .lost
        }
        return nil
    }

    private mutating func receive() -> End? {
        let outcome = stream.read(into: &input)
        var start = 0
        while let newline = input[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let message = CollectorMessage(line: Array(input[start..<newline]))
            start = newline + 1
            if let end = handle(message) { return end }
        }
        input.removeSubrange(..<start)
        if outcome == .closed { return saidBye ? .finished : .lost }
        return input.count > Self.longestLine ? .lost : nil
    }

    private mutating func handle(_ message: CollectorMessage) -> End? {
        switch message {
        case .hello(let last, let window): return greet(last: last, window: window)
        case .acknowledged(let number):
            core.withState { $0.queue.acknowledge(number) }
            core.releaseWaiters()
        case .refused(let code):
            core.withState { state in
                state.refused += 1
                state.lastNotice = code
            }
            if code == LineError.Code.superseded.rawValue { return .misplaced }
        case .need(let wanted): answer(wanted)
        case .bye(let milliseconds):
            core.withState { $0.queue.proveTold() }
            return saidBye ? .finished : .postponed(milliseconds: min(max(milliseconds ?? 500, 10), 60_000))
        case .notice(let notice): core.withState { $0.lastNotice = notice }
        case .unknown: break
        }
        return nil
    }

    private mutating func greet(last: UInt64, window: Int) -> End? {
        let hasPlace = core.withState { state in
            state.window = window
            state.connections += 1
            state.isConnected = true
            return state.queue.welcome(last: last)
        }
        wasGreeted = true
        core.releaseWaiters()
        return hasPlace ? nil : .misplaced
    }

    /// Sends the certificates that are known here; nobody waits for the others.
    private mutating func answer(_ wanted: [String]) {
        let known = core.withState { state in wanted.prefix(64).compactMap { state.certificates[$0.lowercased()] } }
        for der in known {
            output.append(contentsOf: "{\"certificate\":\"\(Base64.encode(der))\"}\n".utf8)
        }
    }
}
