import CertCore
import Synchronization

/// What the application decided about one request, and on what grounds.
struct DemoDecision: Hashable, Sendable {
    /// The HTTP status it answered.
    let status: Int
    /// Why it said no: the authenticator's reason or what the policy threw; nil for a yes.
    let reason: String?
    /// What the TLS layer objected to; nil when it trusted the certificate.
    let code: VerificationCode?

    var isAccepted: Bool { reason == nil }

    /// The grounds in a word: OpenSSL's code and name, else the reason.
    var grounds: String? {
        code.map { "\($0.rawValue) \($0.name)" } ?? reason
    }
}

/// Counts calls and decisions by kind; any thread may add.
final class DemoTally: Sendable {
    /// The counts of one kind.
    struct Row: Hashable, Sendable {
        var accepted = 0
        /// Rejections by their grounds.
        var rejected: [String: Int] = [:]

        var calls: Int { accepted + rejected.values.reduce(0, +) }
    }

    private struct State {
        var rows: [ClientKind: Row] = [:]
        var failures: [String] = []
        var failureCount = 0
    }

    private let state = Mutex(State())
    private static let keptFailures = 5

    /// A call that was answered.
    func add(_ kind: ClientKind, _ decision: DemoDecision) {
        state.withLock { state in
            if let grounds = decision.grounds {
                state.rows[kind, default: Row()].rejected[grounds, default: 0] += 1
            } else {
                state.rows[kind, default: Row()].accepted += 1
            }
        }
    }

    /// A call that broke off, or came to another end than its client was made for.
    func addFailure(_ text: String) {
        state.withLock { state in
            state.failureCount += 1
            if state.failures.count < Self.keptFailures { state.failures.append(text) }
        }
    }

    /// The counts so far.
    var rows: [ClientKind: Row] { state.withLock { $0.rows } }

    /// Calls that were answered.
    var calls: Int { rows.values.reduce(0) { $0 + $1.calls } }

    /// Calls that were let in.
    var accepted: Int { rows.values.reduce(0) { $0 + $1.accepted } }

    /// How many calls went wrong, and the first few of them.
    var failures: (count: Int, first: [String]) { state.withLock { ($0.failureCount, $0.failures) } }
}
