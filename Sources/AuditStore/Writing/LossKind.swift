/// How events got lost: the `kind` of a `loss` row.
package struct LossKind: RawRepresentable, Hashable, Sendable {
    /// The stored name.
    package let rawValue: String

    /// Makes a kind from its stored name.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A producer's sequence numbers jumped.
    package static let gap = LossKind(rawValue: "gap")
    /// A producer says that it had to drop events.
    package static let drop = LossKind(rawValue: "drop")
    /// The collector itself had to let events go.
    package static let collector = LossKind(rawValue: "collector")
    /// The rate limit of a user refused events.
    package static let rateLimit = LossKind(rawValue: "rate_limit")
    /// Reading was suspended since the database took nothing: senders waited, nothing is lost (`n` is 0).
    package static let suspended = LossKind(rawValue: "suspended")
    /// Reading went on after a suspension (`n` is 0); `since` is when it had stopped.
    package static let resumed = LossKind(rawValue: "resumed")
    /// The queue of the datagram socket may have been full: senders may have lost records, nobody knows how many
    /// (`n` is 0).
    package static let queueFull = LossKind(rawValue: "queue_full")
    /// Datagrams of senders that may not write were thrown away.
    package static let notAllowed = LossKind(rawValue: "not_allowed")
    /// A followed file was rotated away or cut before all of it was read; nobody knows how much (`n` is 0).
    package static let rotation = LossKind(rawValue: "rotation")
}
