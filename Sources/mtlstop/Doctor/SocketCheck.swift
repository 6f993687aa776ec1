import Glibc

/// Looks at the intake socket: whether somebody listens on it, and who may write to it.
struct SocketCheck {
    let path: String

    private static let name = "socket"
    /// The room for a path in `sockaddr_un`, without the NUL at its end.
    static let longestPath = 107

    func findings() -> [Finding] {
        if path.utf8.count > Self.longestPath {
            let text = "the path of the socket has \(path.utf8.count) bytes, the system takes \(Self.longestPath)"
            return [.problem(Self.name, text, mend: "choose a shorter one with --socket or MTLSTOP_SOCKET")]
        }
        guard let facts = FileFacts(path: path) else { return [absent()] }
        guard facts.kind == .socket else {
            return [
                .problem(Self.name, "\(path) is a \(facts.kind.rawValue)", mend: "remove it or choose another path")
            ]
        }
        return [listener(facts), permissions(facts)].compactMap { $0 }
    }

    private func absent() -> Finding {
        let folder = FileFacts.nearestFolder(of: path)
        if access(folder, W_OK | X_OK) != 0 {
            let text = "\(path) is not there, and \(folder) is not writable"
            return .warning(Self.name, text, mend: "start the collector as the folder's owner, or choose --socket")
        }
        return .warning(Self.name, "\(path) is not there: no collector runs", mend: "start mtlstop collect, or mtlstop")
    }

    private func listener(_ facts: FileFacts) -> Finding {
        switch SocketProbe.probe(path) {
        case .listening(let pid):
            return .ok(Self.name, "process \(pid) listens on \(path), mode \(facts.octalMode)")
        case .refused:
            let text = "\(path) is left over from a collector that has ended"
            return .warning(Self.name, text, mend: "start mtlstop collect; it replaces the file")
        case .failed(EACCES):
            return .problem(Self.name, "\(path) is not writable for this user", mend: "join the socket's group")
        case .failed(let code):
            let text = "\(path): \(String(cString: strerror(code)))"
            return .problem(Self.name, text, mend: "restart the collector")
        }
    }

    /// Everybody's write right on the socket lets every local user add events under a name of their choice.
    private func permissions(_ facts: FileFacts) -> Finding? {
        guard facts.mode & 0o002 != 0 else { return nil }
        // In a private folder the mode of the socket itself does not matter.
        if let folder = FileFacts(path: FileFacts.folder(of: path)), folder.mode & 0o001 == 0 { return nil }
        let text = "\(path) has mode \(facts.octalMode): every user of this machine may send events"
        return .warning(Self.name, text, mend: "run collect with --mode 0660 and a group for the reporters")
    }
}

/// Asks a Unix stream socket whether somebody accepts connections on it.
enum SocketProbe: Equatable {
    case listening(pid: Int32)
    case refused
    /// The error number.
    case failed(Int32)

    static func probe(_ path: String) -> SocketProbe {
        let descriptor = socket(
            AF_UNIX,
            Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue),
            0
        )
        guard descriptor >= 0 else { return .failed(errno) }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix($0.count - 1))) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // A full queue of waiting connections (EAGAIN) has a listener behind it.
        if result != 0 && errno != EAGAIN { return errno == ECONNREFUSED ? .refused : .failed(errno) }
        // struct ucred is pid, uid, gid; Glibc's module shows it only with _GNU_SOURCE.
        var credentials: [Int32] = [0, -1, -1]
        var length = socklen_t(3 * MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length)
        return .listening(pid: credentials[0])
    }
}
