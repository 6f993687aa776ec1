import Glibc

/// Takes the path of a socket: clears away what a killed collector left, binds, sets the mode.
///
/// The folder is locked (`flock`) meanwhile, so that of two collectors starting at once one sees the other.
struct ListeningPlace: Sendable {
    /// Where the socket is.
    let address: SocketAddress
    /// The socket file's identity, to remove no other's file at the end; nil when the file is not ours to remove.
    private let file: (device: dev_t, inode: ino_t)?

    /// Binds the intake socket and hands it over, not yet listening; or takes the service manager's.
    static func take(_ configuration: CollectorConfiguration) throws -> (ListeningPlace, descriptor: Int32) {
        if let socket = configuration.activation.stream {
            return (try ListeningPlace(activated: socket, path: configuration.socketPath), socket)
        }
        return try take(configuration.socketPath, .stream, mode: configuration.mode, flag: "--socket")
    }

    /// Binds the syslog socket and hands it over, or takes the service manager's; nil when none is wanted.
    static func takeSyslog(_ configuration: CollectorConfiguration) throws -> (ListeningPlace, descriptor: Int32)? {
        if let socket = configuration.activation.datagram {
            return (try ListeningPlace(activated: socket, path: configuration.syslogPath ?? "syslog.sock"), socket)
        }
        guard let path = configuration.syslogPath else { return nil }
        return try take(path, .datagram, mode: configuration.mode, flag: "--syslog-socket")
    }

    private static func take(
        _ path: String,
        _ type: UnixSocket.Kind,
        mode: mode_t,
        flag: String
    ) throws -> (ListeningPlace, descriptor: Int32) {
        guard let address = SocketAddress(path: path) else {
            throw Failure(
                .cannotCreateOutput,
                what: path,
                why: "the path of a socket has 1 to \(SocketAddress.longestPath) bytes",
                remedy: "use a shorter \(flag) path"
            )
        }
        let folder = try FolderLock(folderOf: address.path)
        defer { folder.unlock() }
        try clear(address, type, flag)
        let socket = try bind(address, type, mode: mode)
        var status = stat()
        guard lstat(address.path, &status) == 0 else { throw failure(address, "lstat", errno) }
        return (ListeningPlace(address: address, file: (status.st_dev, status.st_ino)), socket.handOver())
    }

    private init(address: SocketAddress, file: (device: dev_t, inode: ino_t)?) {
        self.address = address
        self.file = file
    }

    /// A socket of the service manager stays where it is when the collector ends.
    private init(activated descriptor: Int32, path: String) throws {
        guard let address = SocketAddress(of: descriptor) ?? SocketAddress(path: path) else {
            throw Failure(.cannotCreateOutput, what: path, why: "the path of a socket is too long")
        }
        self.init(address: address, file: nil)
    }

    /// Does what may fail while a socket is bound here; then the socket is closed and its file removed.
    func keeping<Result>(_ descriptor: Int32, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            leave()
            close(descriptor)
            throw error
        }
    }

    /// Removes the socket file if it is still the one that was made here.
    func leave() {
        var status = stat()
        guard let file, lstat(address.path, &status) == 0, status.st_dev == file.device, status.st_ino == file.inode
        else { return }
        unlink(address.path)
    }

    private static func clear(_ address: SocketAddress, _ type: UnixSocket.Kind, _ flag: String) throws {
        switch CollectorProbe.look(at: address, type) {
        case .nothing:
            return
        case .stale:
            guard unlink(address.path) == 0 || errno == ENOENT else { throw failure(address, "unlink", errno) }
        case .live(let pid):
            throw Failure.held(address.path, by: pid)
        case .somethingElse:
            throw Failure(
                .cannotCreateOutput,
                what: address.path,
                why: "there is something that is no \(type.name) socket",
                remedy: "remove it or name another \(flag)"
            )
        case .unknown(let number):
            throw failure(address, "connect", number)
        }
    }

    /// Linux gives the socket file the mode of the descriptor less the umask: it is never wider than asked for.
    private static func bind(_ address: SocketAddress, _ type: UnixSocket.Kind, mode: mode_t) throws -> UnixSocket {
        do {
            let socket = try UnixSocket(type, nonBlocking: true)
            guard fchmod(socket.descriptor, mode) == 0 else { throw SocketError(call: "fchmod", number: errno) }
            let result = address.withKernelForm { Glibc.bind(socket.descriptor, $0, $1) }
            guard result == 0 else { throw SocketError(call: "bind", number: errno) }
            guard chmod(address.path, mode) == 0 else { throw SocketError(call: "chmod", number: errno) }
            return socket
        } catch let error as SocketError {
            throw failure(address, error.call, error.number)
        }
    }

    private static func failure(_ address: SocketAddress, _ call: String, _ number: Int32) -> Failure {
        Failure.fromSystem(number, what: address.path, call: call)
    }
}
