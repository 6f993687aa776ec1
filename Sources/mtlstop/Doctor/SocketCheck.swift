import Glibc

/// Looks at a socket of the collector: whether somebody listens on it, and who may write to it.
struct SocketCheck {
    /// Which of the two.
    enum Door {
        /// Events, on a stream.
        case intake
        /// Log records, as datagrams.
        case syslog

        fileprivate var name: String { self == .intake ? "socket" : "syslog" }
        fileprivate var flag: String { self == .intake ? "--socket" : "--syslog-socket" }
        fileprivate var variable: String { self == .intake ? "MTLSTOP_SOCKET" : "MTLSTOP_SYSLOG_SOCKET" }
    }

    let path: String
    var door = Door.intake

    private var name: String { door.name }
    /// The room for a path in `sockaddr_un`, without the NUL at its end.
    static let longestPath = 107

    func findings() -> [Finding] {
        if path.utf8.count > Self.longestPath {
            let text = "the path of the socket has \(path.utf8.count) bytes, the system takes \(Self.longestPath)"
            return [.problem(name, text, mend: "choose a shorter one with \(door.flag) or \(door.variable)")]
        }
        guard let facts = FileFacts(path: path) else { return [absent()] }
        guard facts.kind == .socket else {
            return [
                .problem(name, "\(path) is a \(facts.kind.rawValue)", mend: "remove it or choose another path")
            ]
        }
        return [listener(facts), permissions(facts)].compactMap { $0 }
    }

    private func absent() -> Finding {
        let folder = FileFacts.nearestFolder(of: path)
        if access(folder, W_OK | X_OK) != 0 {
            let text = "\(path) is not there, and \(folder) is not writable"
            return .warning(name, text, mend: "start the collector as the folder's owner, or choose \(door.flag)")
        }
        let mend =
            door == .intake ? "start mtlstop collect, or mtlstop" : "start mtlstop collect --syslog-socket \(path)"
        return .warning(name, "\(path) is not there: no collector runs", mend: mend)
    }

    private func listener(_ facts: FileFacts) -> Finding {
        switch SocketProbe.probe(path, type: door == .intake ? SOCK_STREAM : SOCK_DGRAM) {
        case .listening where door == .syslog:
            return .ok(name, "a collector receives on \(path), mode \(facts.octalMode)")
        case .listening(let pid):
            return .ok(name, "process \(pid) listens on \(path), mode \(facts.octalMode)")
        case .refused:
            let text = "\(path) is left over from a collector that has ended"
            return .warning(name, text, mend: "start mtlstop collect; it replaces the file")
        case .failed(EACCES):
            return .problem(name, "\(path) is not writable for this user", mend: "join the socket's group")
        case .failed(let code):
            let text = "\(path): \(String(cString: strerror(code)))"
            return .problem(name, text, mend: "restart the collector")
        }
    }

    /// Everybody's write right on the socket lets every local user add events under a name of their choice.
    private func permissions(_ facts: FileFacts) -> Finding? {
        guard facts.mode & 0o002 != 0 else { return nil }
        // In a private folder the mode of the socket itself does not matter.
        if let folder = FileFacts(path: FileFacts.folder(of: path)), folder.mode & 0o001 == 0 { return nil }
        let text = "\(path) has mode \(facts.octalMode): every user of this machine may send events"
        return .warning(name, text, mend: "run collect with --mode 0660 and a group for the reporters")
    }
}
