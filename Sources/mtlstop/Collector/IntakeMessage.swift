import NIOCore

/// What the event loop tells the ingest thread.
enum IntakeMessage: Sendable {
    /// Bytes arrived.
    case bytes(IntakePeer, ByteBuffer)
    /// The peer sends nothing more; when it `mayListen` it still waits for its last answer.
    case ended(IntakePeer)

    /// What the message costs of the queue's limit.
    var weight: Int {
        switch self {
        case .bytes(_, let buffer): buffer.storageCapacity
        case .ended: 0
        }
    }

    /// Whose message it is.
    var peer: IntakePeer {
        switch self {
        case .bytes(let peer, _), .ended(let peer): peer
        }
    }
}
