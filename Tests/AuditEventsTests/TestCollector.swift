import AuditEvents
import Foundation
import Glibc
import Synchronization

/// A collector of the acknowledged protocol in memory, that can be told to misbehave.
///
/// It serves one connection after the other on a thread of its own and ends with ``stop()``.
final class TestCollector: Sendable {
    /// What to do with a connection; the first is for the first connection, the last for all that follow.
    enum Manner: Sendable {
        /// Store and acknowledge until the client ends.
        case serve
        /// Store so many events without an acknowledgement, then close.
        case storeThenDrop(Int)
        /// Read so many events, forget them, close.
        case forget(Int)
        /// Read nothing after the hello.
        case ignore
        /// Say the client was superseded, then close.
        case supersede
        /// Say goodbye and close.
        case sayBye
        /// Ask for a certificate, then serve.
        case need(String)
    }

    struct Record: Sendable {
        var reasons: [String] = []
        var producers: [String] = []
        var last: [String: UInt64] = [:]
        var repeats = 0
        var jumps = 0
        var drops: [UInt64] = []
        var certificates: [String] = []
        var byes = 0
        var connections = 0
        var stopped = false
    }

    let path: String
    private let manners: [Manner]
    private let listener: CInt
    private let record: Mutex<Record>
    private let changed = NSCondition()

    init(path: String, manners: [Manner] = [.serve], last: [String: UInt64] = [:]) throws {
        self.path = path
        self.manners = manners
        record = Mutex(Record(last: last))
        listener = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) }
        }
        guard result == 0, listen(listener, 16) == 0 else { throw POSIXError(.EADDRINUSE) }
        Thread.detachNewThread { self.serve() }
    }

    var seen: Record {
        record.withLock { $0 }
    }

    /// Waits until the record is as wanted; false after a minute.
    func wait(until condition: @Sendable (Record) -> Bool) -> Bool {
        let deadline = Date().addingTimeInterval(60)
        changed.lock()
        defer { changed.unlock() }
        while !condition(seen) {
            if !changed.wait(until: deadline) { return condition(seen) }
        }
        return true
    }

    /// The same for tests whose hooks need the threads of the cooperative pool, of which a wait would take one.
    func reaches(_ condition: @escaping @Sendable (Record) -> Bool) async -> Bool {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: self.wait(until: condition)) }
        }
    }

    func stop() {
        note { $0.stopped = true }
        shutdown(listener, CInt(SHUT_RDWR))
        close(listener)
        unlink(path)
    }

    private func note(_ change: (inout Record) -> Void) {
        record.withLock { change(&$0) }
        changed.lock()
        changed.broadcast()
        changed.unlock()
    }

    private func serve() {
        while !seen.stopped {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            let manner = manners[min(seen.connections, manners.count - 1)]
            note { $0.connections += 1 }
            var session = Session(connection: connection, manner: manner)
            converse(&session)
            close(connection)
        }
    }

    private struct Session {
        let connection: CInt
        let manner: Manner
        var producer = ""
        var events = 0
        var scanner = LineReader()

        func say(_ text: String) {
            let bytes = Array((text + "\n").utf8)
            _ = send(connection, bytes, bytes.count, CInt(MSG_NOSIGNAL))
        }
    }

    private func converse(_ session: inout Session) {
        while let line = session.scanner.next(session.connection) {
            guard handle(line, &session) else { return }
        }
    }

    private func handle(_ line: [UInt8], _ session: inout Session) -> Bool {
        guard let value = try? JSONValue(parsing: line) else { return false }
        if let producer = value["producer"]?.stringValue { return greet(producer, &session) }
        if let count = value["drop"]?.integerValue {
            note { $0.drops.append(UInt64(count)) }
        } else if let text = value["certificate"]?.stringValue {
            note { $0.certificates.append(text) }
        } else if value["bye"] != nil {
            session.say(#"{"bye":1}"#)
            note { $0.byes += 1 }
            return false
        } else if let number = value["seq"]?.integerValue {
            return take(UInt64(number), value["reason"]?.stringValue ?? "", &session)
        }
        return true
    }

    private func greet(_ producer: String, _ session: inout Session) -> Bool {
        session.producer = producer
        note { if !$0.producers.contains(producer) { $0.producers.append(producer) } }
        session.say(#"{"hello":1,"session":1,"last":\#(seen.last[producer] ?? 0),"max_line":262144,"window":65536}"#)
        switch session.manner {
        case .supersede: session.say(#"{"err":"superseded","line":1,"msg":"a newer connection"}"#)
        case .sayBye: session.say(#"{"bye":1,"retry_ms":20}"#)
        case .need(let name): session.say(#"{"need":["\#(name)"]}"#)
        case .ignore:
            while !seen.stopped { usleep(1000) }
            return false
        default: return true
        }
        if case .need = session.manner { return true }
        return false
    }

    /// Stores an event as a collector does; false when the connection is to be closed.
    private func take(_ number: UInt64, _ reason: String, _ session: inout Session) -> Bool {
        session.events += 1
        if case .forget(let count) = session.manner { return session.events < count }
        let producer = session.producer
        note { record in
            let last = record.last[producer] ?? 0
            if number <= last {
                record.repeats += 1
            } else {
                if number > last + 1 { record.jumps += 1 }
                record.reasons.append(reason)
                record.last[producer] = number
            }
        }
        if case .storeThenDrop(let count) = session.manner { return session.events < count }
        session.say(#"{"ack":\#(seen.last[producer] ?? 0)}"#)
        return true
    }
}

/// Splits what a socket delivers into lines.
struct LineReader {
    private var buffer: [UInt8] = []

    /// The next line without its newline; nil at the end.
    mutating func next(_ descriptor: CInt) -> [UInt8]? {
        while true {
            if let newline = buffer.firstIndex(of: 10) {
                let line = Array(buffer[..<newline])
                buffer.removeSubrange(...newline)
                return line
            }
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            buffer.append(contentsOf: chunk[..<count])
        }
    }
}
