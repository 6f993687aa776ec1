import Glibc

/// Takes the path of the intake socket: clears away what a killed collector left, binds, sets the mode.
///
/// The folder is locked (`flock`) meanwhile, so that of two collectors starting at once one sees the other.
struct ListeningPlace: Sendable {
    /// Where the socket is.
    let address: SocketAddress
    /// The socket file's identity, to remove no other's file at the end.
    private let device: dev_t
    private let inode: ino_t

    /// Binds a socket at the configuration's path and hands it over, not yet listening.
    static func take(_ configuration: CollectorConfiguration) throws -> (ListeningPlace, descriptor: Int32) {
        guard let address = SocketAddress(path: configuration.socketPath) else {
            throw Failure(
                .cannotCreateOutput,
                what: configuration.socketPath,
                why: "the path of a socket has 1 to \(SocketAddress.longestPath) bytes",
                remedy: "use a shorter --socket path"
            )
        }
        let folder = try FolderLock(folderOf: address.path)
        defer { folder.unlock() }
        try clear(address)
        let socket = try bind(address, mode: configuration.mode)
        var status = stat()
        guard lstat(address.path, &status) == 0 else { throw failure(address, "lstat", errno) }
        let place = ListeningPlace(address: address, device: status.st_dev, inode: status.st_ino)
        return (place, socket.handOver())
    }

    /// Removes the socket file if it is still the one that was made here.
    func leave() {
        var status = stat()
        guard lstat(address.path, &status) == 0, status.st_dev == device, status.st_ino == inode else { return }
        unlink(address.path)
    }

    private static func clear(_ address: SocketAddress) throws {
        switch CollectorProbe.look(at: address) {
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
                why: "there is a file that is no socket",
                remedy: "remove it or name another --socket"
            )
        case .unknown(let number):
            throw failure(address, "connect", number)
        }
    }

    /// Linux gives the socket file the mode of the descriptor less the umask: it is never wider than asked for.
    private static func bind(_ address: SocketAddress, mode: mode_t) throws -> StreamSocket {
        do {
            let socket = try StreamSocket(nonBlocking: true)
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
