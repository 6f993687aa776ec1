/// Text that came from outside: bytes nobody has looked at yet.
///
/// The only way from here to a screen, a report or the clipboard is ``SafeText``.
public struct Untrusted: Hashable, Sendable {
    /// The bytes as they arrived; they need not be valid UTF-8.
    public let bytes: [UInt8]

    /// Wraps bytes of unknown origin.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Wraps a string of unknown origin.
    public init(_ string: String) {
        bytes = Array(string.utf8)
    }
}
