import AuditEvents
import Glibc

/// Sends NDJSON from a descriptor to a collector until all of it is durable.
///
/// One thread that waits for both sides with `poll`. A collector that restarts is waited for; what was not
/// acknowledged is sent again, and by its number nothing is stored twice.
final class EventSender {
    /// How long a collector that has gone away is waited for.
    static let patience = Duration.seconds(10)
    /// The most that is kept for sending again.
    private static let largestBacklog = 32 << 20
    /// One chunk of input may hold this many lines of the shortest event; so much of the window is left free.
    private static let headroom = 4096

    private let address: SocketAddress
    private let input: Int32
    private let identity = ProducerIdentity.random()
    private var connection: CollectorConnection?
    private var pending = PendingEvents()
    private var window = Reply.window
    private var isGreeted = false
    private var assembler = LineAssembler()
    private var scanner = LineScanner()
    private var inputLines: Int64 = 0
    private var inputHasEnded = false
    private var chunk = [UInt8](repeating: 0, count: 64 << 10)
    private(set) var report = SendReport()

    init(to address: SocketAddress, from input: Int32) {
        self.address = address
        self.input = input
        // A `seq` of the input means nothing here, so it need not be well formed.
        scanner.checksSequence = false
    }

    /// Sends everything; returns when all is durable.
    func run() throws {
        defer { report.finish() }
        connection = try firstConnection()
        while !(inputHasEnded && pending.isEmpty) {
            do throws(SocketError) {
                try turn()
            } catch {
                try reconnect()
            }
            if let failure { throw failure }
            report.progress(durable: pending.acknowledged)
        }
        sayGoodbye()
    }

    private var failure: Failure?

    private var hasRoom: Bool {
        pending.count + Self.headroom < window && pending.bytes < Self.largestBacklog
    }

    private func turn() throws(SocketError) {
        guard let connection else { throw SocketError(call: "connect", number: ENOTCONN) }
        if isGreeted { try connection.write(from: &pending) }
        let readsInput = hasRoom && !inputHasEnded
        var waits = [
            pollfd(fd: connection.descriptor, events: events(connection), revents: 0),
            pollfd(fd: readsInput ? input : -1, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&waits, 2, 1000) >= 0 || errno == EINTR else { throw SocketError(call: "poll", number: errno) }
        if waits[1].revents != 0 { readInput() }
        if waits[0].revents != 0 {
            guard let answers = try connection.read() else { throw SocketError(call: "recv", number: EPIPE) }
            for answer in answers { take(answer) }
        }
    }

    private func events(_ connection: CollectorConnection) -> Int16 {
        let writes = isGreeted && (connection.hasOutgoing || pending.hasUnsent)
        return Int16(POLLIN) | (writes ? Int16(POLLOUT) : 0)
    }

    // MARK: Input

    private func readInput() {
        let count = chunk.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
        if count < 0 && (errno == EINTR || errno == EAGAIN) { return }
        if count < 0 {
            let why = String(cString: strerror(errno))
            failure = Failure(.ioError, what: "standard input", why: why)
        }
        if count <= 0 {
            inputHasEnded = true
            assembler.end { take($0) }
            return
        }
        chunk.withUnsafeBytes { bytes in
            assembler.feed(UnsafeRawBufferPointer(rebasing: bytes[..<count])) { take($0) }
        }
    }

    private func take(_ piece: LineAssembler.Piece) -> Bool {
        switch piece {
        case .line(let line):
            inputLines += 1
            if !line.isEmpty { take(line) }
        case .tooLong:
            inputLines += 1
            let message = "a line has at most \(LineAssembler.longestLine) bytes"
            report.bad(line: inputLines, code: LineError.Code.lineTooLong.rawValue, message: message)
        case .endless, .badFrame:
            // The end of an endless line, should it come, is told as a line that is too long; frames are not read here.
            break
        }
        return true
    }

    private func take(_ line: UnsafeRawBufferPointer) {
        do {
            guard case .event(let event) = try scanner.scan(line) else {
                return report.bad(line: inputLines, code: "unknown_event", message: "this is no event")
            }
            var numbered: [UInt8] = []
            numbered.reserveCapacity(line.count + 32)
            SequencedLine.append(line, of: event, sequence: pending.nextSequence, to: &numbered)
            numbered.append(0x0A)
            pending.append(numbered, inputLine: inputLines)
        } catch {
            let place = error.column.map { "column \($0): " } ?? ""
            report.bad(line: inputLines, code: error.code.rawValue, message: place + error.message)
        }
    }

    // MARK: Answers

    private func take(_ answer: CollectorAnswer) {
        switch answer {
        case .hello(let last, let window):
            isGreeted = true
            self.window = max(2 * Self.headroom, window)
            pending.acknowledge(last)
            pending.rewind()
        case .ack(let sequence):
            pending.acknowledge(sequence)
        case .refused(let code, let sequence, let message):
            refused(code, sequence, message)
        case .notice(let name):
            report.waiting("the collector says \(name)")
        case .bye, .unknown:
            break
        }
    }

    private func refused(_ code: String, _ sequence: UInt64?, _ message: String) {
        let line = sequence.flatMap { pending.inputLine(of: $0) }
        switch code {
        case "bad_cert", "cert_too_large":
            report.note(line: line ?? 0, code: code, message: message)
        case "not_allowed":
            failure = Failure(.notPermitted, what: address.path, why: message, remedy: "see collect --allow-uid")
        case _ where line != nil:
            report.bad(line: line ?? 0, code: code, message: message)
        default:
            failure = Failure(.failed, what: address.path, why: "the collector says \(code): \(message)")
        }
    }

    // MARK: Connection

    private func firstConnection() throws -> CollectorConnection {
        do throws(SocketError) {
            return try greet(CollectorConnection(to: address))
        } catch {
            let permitted = error.number != EACCES && error.number != EPERM
            throw Failure(
                permitted ? .collectorNotReachable : .notPermitted,
                what: address.path,
                why: "no collector can be reached: \(error.text)",
                remedy: "start one with mtlstop collect"
            )
        }
    }

    private func greet(_ connection: CollectorConnection) -> CollectorConnection {
        isGreeted = false
        connection.enqueue(identity.helloLine)
        var nothing = PendingEvents()
        // A failure shows again at the next read.
        try? connection.write(from: &nothing)
        return connection
    }

    private func reconnect() throws {
        connection = nil
        if failure != nil { return }
        report.waiting("the connection was lost; waiting for the collector")
        let deadline = ContinuousClock.now + Self.patience
        var pause: Int32 = 20
        while ContinuousClock.now < deadline {
            if let connection = try? CollectorConnection(to: address) {
                self.connection = greet(connection)
                return
            }
            poll(nil, 0, pause)
            pause = min(1000, pause * 2)
        }
        throw Failure(
            .collectorNotReachable,
            what: address.path,
            why: "the collector went away; the first \(pending.acknowledged) events are durable",
            remedy: "start it again and send the rest"
        )
    }

    private func sayGoodbye() {
        var nothing = PendingEvents()
        connection?.enqueue(Array("{\"bye\":1}\n".utf8))
        try? connection?.write(from: &nothing)
    }
}
