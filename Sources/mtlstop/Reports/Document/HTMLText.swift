import SafeText

/// HTML in memory.
///
/// Our own markup is static; everything else goes through an escape.
struct HTMLText {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(256 << 10) }

    /// Markup of our own.
    mutating func markup(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Text, with the five characters escaped that mean something in HTML and in attributes.
    mutating func text(_ text: SafeText) {
        for byte in text.string.utf8 {
            switch byte {
            case UInt8(ascii: "&"): markup("&amp;")
            case UInt8(ascii: "<"): markup("&lt;")
            case UInt8(ascii: ">"): markup("&gt;")
            case UInt8(ascii: "\""): markup("&quot;")
            case UInt8(ascii: "'"): markup("&#39;")
            default: bytes.append(byte)
            }
        }
    }

    /// Text from outside: made visible, escaped, and kept from turning its surroundings around.
    mutating func foreign(_ text: String) {
        let shown = SafeText(text)
        // A long text may break anywhere, so that it cannot take a table's whole width for itself.
        switch (shown.string.utf8.count > 32, shown.wasEscaped) {
        case (false, false): markup("<bdi>")
        case (true, false): markup("<bdi class=\"long\">")
        case (false, true): markup("<bdi class=\"escaped\">")
        case (true, true): markup("<bdi class=\"long escaped\">")
        }
        self.text(shown)
        markup("</bdi>")
    }

    /// An element around a text.
    mutating func element(_ open: StaticString, _ text: SafeText, _ close: StaticString) {
        markup(open)
        self.text(text)
        markup(close)
    }

    /// One byte as it is.
    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    /// A number within markup.
    mutating func number(_ value: some BinaryInteger) {
        bytes.append(contentsOf: String(value).utf8)
    }
}
