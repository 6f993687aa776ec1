import Logging

/// The doors beside the stream socket: the syslog datagram socket and followed files.
struct Doors: Sendable {
    private let syslog: SyslogDoor?
    private let following: FollowDoor

    /// Takes the places that are wanted; nothing is read yet.
    init(_ configuration: CollectorConfiguration, logger: Logger) throws {
        if let (place, socket) = try ListeningPlace.takeSyslog(configuration) {
            syslog = try SyslogDoor(place: place, socket: socket)
        } else {
            syslog = nil
        }
        following = try FollowDoor(
            control: configuration.control,
            patience: configuration.rotationPatience,
            logger: logger
        )
    }

    /// Starts to read.
    func open(_ configuration: CollectorConfiguration, queue: IntakeQueue, logger: Logger) throws {
        let control = configuration.control
        try syslog?.open(queue: queue, access: { control.current.access }, logger: logger)
        following.open(queue: queue)
    }

    /// Reads what waits and ends; before the ingest thread is asked to stop.
    func close() {
        following.close()
        syslog?.close()
    }
}
