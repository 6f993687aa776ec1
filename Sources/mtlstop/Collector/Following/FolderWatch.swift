import AuditEvents
import Glibc

/// Tells when something changes in the folders of followed files (inotify), so that nothing polls them busily.
final class FolderWatch {
    private let descriptor: Int32
    private var watched: Set<String> = []

    /// Without inotify (its instances are used up) waits are merely not cut short.
    init() {
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Watches the folder of a file, once it is there.
    func watch(folderOf path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        guard descriptor >= 0, !watched.contains(folder) else { return }
        let events = IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB
        if inotify_add_watch(descriptor, folder, UInt32(events)) >= 0 { watched.insert(folder) }
    }

    /// Waits until something changes, the thread is woken, or so many milliseconds have passed.
    func wait(_ wake: WakePipe, milliseconds: Int32) {
        var waits = [
            pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        poll(&waits, descriptor >= 0 ? 2 : 1, milliseconds)
        if waits[0].revents != 0 { wake.drain() }
        guard waits[1].revents != 0 else { return }
        var events = [UInt8](repeating: 0, count: 16 << 10)
        while events.withUnsafeMutableBytes({ read(descriptor, $0.baseAddress, $0.count) }) > 0 {}
    }
}
