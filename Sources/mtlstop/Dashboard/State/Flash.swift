import SafeText
import Terminal

/// A message in the position line that goes away by itself.
struct Flash: Hashable, Sendable {
    var text: SafeText
    var role: Role = .text
    /// Uptime in milliseconds at which it goes.
    var ends: Int64

    /// How long a message stays.
    static let duration: Int64 = 6000
}
