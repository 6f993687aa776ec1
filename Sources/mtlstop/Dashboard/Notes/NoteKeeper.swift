import AuditStore
import CertCore
import Glibc
import SafeText
import Synchronization

/// What became of reading or writing notes.
enum NoteNews: Hashable, Sendable {
    case read([Note])
    case written([Note])
    case failed(SafeText)
}

/// Reads and writes the notes on threads of their own, one after the other.
final class NoteKeeper: Sendable {
    private let book: NoteBook
    private let outbox = Mutex<[Message]>([])
    private let turn = Mutex(())
    private let wake: @Sendable () -> Void

    /// Makes a keeper; `wake` is called when messages wait in ``drain()``, from any thread.
    init(path: String, wake: @escaping @Sendable () -> Void) {
        book = NoteBook(path: path)
        self.wake = wake
    }

    /// `$XDG_STATE_HOME/mtlstop/notes.db`, or its place below the home folder.
    static func path(_ environment: Environment = .current()) -> String {
        let state = environment["XDG_STATE_HOME"] ?? (environment["HOME"] ?? "/tmp") + "/.local/state"
        return state + "/mtlstop/notes.db"
    }

    /// Reads every note.
    func read() {
        run { .read(try $0.notes()) }
    }

    /// Writes a note and reads them all.
    func write(_ text: String, on subject: NoteSubject, now: Timestamp) {
        run { book in
            try book.write(text, on: subject, now: now)
            return .written(try book.notes())
        }
    }

    /// Takes the messages that have gathered.
    func drain() -> [Message] {
        outbox.withLock { messages in
            defer { messages.removeAll() }
            return messages
        }
    }

    private func run(_ work: @escaping @Sendable (NoteBook) throws -> NoteNews) {
        let thread = DedicatedThread.start { [self] in
            let news = turn.withLock { _ in
                do {
                    return try work(book)
                } catch {
                    return NoteNews.failed(SafeText((error as? StoreError)?.message ?? "\(error)"))
                }
            }
            outbox.withLock { $0.append(.notes(news)) }
            wake()
        }
        if let thread { pthread_detach(thread) }
    }
}
