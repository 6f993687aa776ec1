import Dispatch

@testable import mtlstop

/// Sends a long text while the test reads the answers.
final class Sender {
    private let group = DispatchGroup()

    init(_ connection: IntakeConnection, _ text: String) {
        let bytes = Array(text.utf8)
        let descriptor = connection.number
        DispatchQueue.global().async(group: group) { IntakeConnection.send(bytes, to: descriptor) }
    }

    /// Returns when all is sent or the collector has closed.
    func wait() {
        group.wait()
    }
}
