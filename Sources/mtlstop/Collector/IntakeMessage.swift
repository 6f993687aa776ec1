import NIOCore

/// What the event loop and the doors tell the ingest thread.
enum IntakeMessage: Sendable {
    /// Bytes arrived.
    case bytes(IntakePeer, ByteBuffer)
    /// The peer sends nothing more; when it `mayListen` it still waits for its last answer.
    case ended(IntakePeer)
    /// A door other than the stream socket brought something.
    case delivery(IntakePeer, any IntakeDelivery)

    /// What the message costs of the queue's limit.
    var weight: Int {
        switch self {
        case .bytes(_, let buffer): buffer.storageCapacity
        case .ended: 0
        case .delivery(_, let delivery): delivery.weight
        }
    }

    /// Whose message it is.
    var peer: IntakePeer {
        switch self {
        case .bytes(let peer, _), .ended(let peer), .delivery(let peer, _): peer
        }
    }
}

/// Something that a door read, with the way it is worked off.
protocol IntakeDelivery: Sendable {
    /// The bytes of memory it holds.
    var weight: Int { get }

    /// Gives what it holds to the writer; on the ingest thread.
    func work(in loop: IngestLoop)
}
