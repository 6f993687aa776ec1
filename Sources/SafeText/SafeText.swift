/// Text that is safe on any terminal, table or report: printable scalars only.
///
/// Controls, bidi marks, invisible characters and bytes that are no UTF-8 appear in a visible notation: `\e`, `\n`,
/// `\r`, `\t`, `\x9b`, `\u{202e}`. A literal backslash that could be read as the start of one is doubled, so the
/// original can be told from what is shown (``unescapedBytes``).
public struct SafeText: Hashable, Sendable, CustomStringConvertible {
    /// The printable form; never holds a scalar that `isHiddenOrHarmful`.
    public let string: String

    /// True when something had to be shown in the visible notation; screens mark such text.
    public let wasEscaped: Bool

    /// Makes text from outside safe.
    ///
    /// At most `limit` scalars of it are shown, then `…`; a byte that is no UTF-8 counts as one scalar.
    public init(_ untrusted: Untrusted, limit: Int = 8192) {
        self = untrusted.bytes.withUnsafeBufferPointer { Escaper.safeText(of: $0, limit: limit) }
    }

    /// Makes a string of unknown origin safe: it is always escaped.
    public init(_ string: String) {
        self.init(escaping: string, limit: 8192)
    }

    /// Makes a string of unknown origin safe, showing at most `limit` scalars of it.
    public init(escaping string: String, limit: Int) {
        var copy = string
        let result = copy.withUTF8 { bytes -> SafeText? in
            Escaper.isPlain(bytes, limit: limit) ? nil : Escaper.safeText(of: bytes, limit: limit)
        }
        self = result ?? SafeText(trusted: string, wasEscaped: false)
    }

    /// Takes text that was drawn already: its backslashes are those of escapes and are not doubled.
    ///
    /// Should anything hidden or harmful be in it all the same, it is escaped as a whole.
    package init(drawn text: String) {
        if text.unicodeScalars.contains(where: \.isHiddenOrHarmful) {
            self.init(text)
        } else {
            self.init(trusted: text, wasEscaped: false)
        }
    }

    /// Takes over text whose scalars are known to be printable.
    init(trusted string: String, wasEscaped: Bool) {
        self.string = string
        self.wasEscaped = wasEscaped
    }

    /// The printable form.
    public var description: String { string }

    /// True when there is nothing to show.
    public var isEmpty: Bool { string.isEmpty }

    /// Two texts, one after the other.
    public static func + (left: SafeText, right: SafeText) -> SafeText {
        SafeText(trusted: left.string + right.string, wasEscaped: left.wasEscaped || right.wasEscaped)
    }

    /// Appends a text.
    public static func += (left: inout SafeText, right: SafeText) {
        left = left + right
    }
}

extension Sequence<SafeText> {
    /// The texts one after the other with `separator` between them.
    public func joined(separator: SafeText = "") -> SafeText {
        var result = ""
        var wasEscaped = false
        var isFirst = true
        for text in self {
            if !isFirst { result += separator.string }
            isFirst = false
            result += text.string
            wasEscaped = wasEscaped || text.wasEscaped
        }
        return SafeText(trusted: result, wasEscaped: wasEscaped)
    }
}
