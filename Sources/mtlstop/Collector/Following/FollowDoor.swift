import AuditEvents
import AuditStore
import Dispatch
import Glibc
import Logging
import NIOPosix
import SafeText
import Synchronization

/// The followed files and the thread that reads them.
///
/// It waits when the database does: a file is its own buffer, so nothing is lost.
final class FollowDoor: Sendable {
    private let control: IntakeControl
    private let patience: Duration
    private let logger: Logger
    private let wake: WakePipe
    private let threads = NIOThreadPool(numberOfThreads: 1)
    private let isStopping = Atomic(false)
    private let room = DispatchSemaphore(value: 0)

    /// A door for the files that the settings name; one that was rotated is given `patience` to become quiet.
    init(control: IntakeControl, patience: Duration, logger: Logger) throws {
        self.control = control
        self.patience = patience
        self.logger = logger
        wake = try WakePipe.make()
    }

    /// Starts to read; files that are not there are waited for.
    func open(queue: IntakeQueue) {
        let peer = IntakePeer { [room] in _ = room.signal() }
        control.onReplacement { [wake] in wake.wake() }
        threads.start()
        threads.submit { [self] _ in run(queue, peer) }
    }

    /// Ends the thread; what is not read is read after the next start.
    func close() {
        isStopping.store(true, ordering: .releasing)
        room.signal()
        wake.wake()
        try? threads.syncShutdownGracefully()
    }

    private var mustStop: Bool { isStopping.load(ordering: .acquiring) }

    private func run(_ queue: IntakeQueue, _ peer: IntakePeer) {
        let watch = FolderWatch()
        var files: [FollowedFile] = []
        var notes = FollowNotes(logger: logger)
        while !mustStop {
            settle(&files, &notes, queue, peer)
            // Watched before they are looked at, so that no change falls between the two.
            for file in files { watch.watch(folderOf: file.path) }
            var isIdle = true
            var isSoon = false
            for file in files {
                let turn = file.turn()
                notes.tell(of: file)
                if let gap = file.takeGap() { push(.delivery(peer, gap), queue) }
                switch turn {
                case .chunk(let chunk):
                    isIdle = false
                    push(.delivery(peer, chunk), queue)
                case .nothing: break
                case .nothingYet: isSoon = true
                }
            }
            if isIdle { watch.wait(wake, milliseconds: files.isEmpty ? -1 : isSoon ? 50 : 1000) }
        }
    }

    /// Gives up files that the settings name no more and begins those they name now, each where it was left.
    private func settle(
        _ files: inout [FollowedFile],
        _ notes: inout FollowNotes,
        _ queue: IntakeQueue,
        _ peer: IntakePeer
    ) {
        let wanted = control.current.followed
        guard wanted != files.map(\.path) else { return }
        for file in files where !wanted.contains(file.path) {
            push(.delivery(peer, FollowedEnd(path: file.path)), queue)
            notes.tellEnd(of: file.path)
        }
        files = wanted.compactMap { path in files.first { $0.path == path } ?? begin(path, queue, peer) }
    }

    /// Asks the ingest thread where the file was left; nil when the door is closed meanwhile.
    private func begin(_ path: String, _ queue: IntakeQueue, _ peer: IntakePeer) -> FollowedFile? {
        while !mustStop {
            let known = DispatchSemaphore(value: 0)
            let start = FollowedStart(path: path) { _ = known.signal() }
            push(.delivery(peer, start), queue)
            while known.wait(timeout: .now() + 0.2) == .timedOut { if mustStop { return nil } }
            switch start.position {
            case .success(let position)?: return FollowedFile(path: path, from: position, patience: patience)
            case .failure(let error)?:
                logger.error(
                    "cannot find where \(SafeText(path)) was left",
                    metadata: ["error": "\(SafeText(error.message))"]
                )
                watchOut()
            case nil: break
            }
        }
        return nil
    }

    /// The database could not be asked: a moment later it may.
    private func watchOut() {
        var wait = pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0)
        poll(&wait, 1, 1000)
    }

    /// Hands over; waits when the queue is full.
    private func push(_ message: IntakeMessage, _ queue: IntakeQueue) {
        if !queue.push(message) && !mustStop { room.wait() }
    }
}
