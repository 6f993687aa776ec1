import ArgumentParser
import Glibc

/// `mtlstop send`: events from standard input to the collector, acknowledged.
struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send events (NDJSON on standard input) to the collector.",
        discussion: """
            Ends with 0 only when every event is durable in the database. A line that is no event is named on stderr \
            with its number, the others are sent, and the command ends with 65. A seq in the input is ignored.

            EXAMPLES:
              mtlstop send < events.ndjson
              echo '{"event":"rejected","cn":"svc-a","ip":"10.0.0.1"}' | mtlstop send
            """
    )

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        let path = place.places.socket
        guard let address = SocketAddress(path: path) else {
            throw Failure(.collectorNotReachable, what: path, why: "the path of a socket has 1 to 107 bytes")
        }
        let sender = EventSender(to: address, from: STDIN_FILENO)
        try sender.run()
        if sender.report.badLines > 0 { throw ExitCode(ExitStatus.badInputData.rawValue) }
    }
}
