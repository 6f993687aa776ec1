extension SafeText: ExpressibleByStringInterpolation {
    /// Our own words: backslashes stay, a control or invisible character in them is still shown, not sent.
    public init(stringLiteral value: StaticString) {
        self.init(ownWords: value)
    }

    /// A text put together from our own words and values.
    public init(stringInterpolation: StringInterpolation) {
        self.init(trusted: stringInterpolation.text, wasEscaped: stringInterpolation.wasEscaped)
    }

    init(ownWords: StaticString) {
        let words = ownWords.description
        let isClean = words.unicodeScalars.allSatisfy { !$0.isHiddenOrHarmful }
        self = isClean ? SafeText(trusted: words, wasEscaped: false) : SafeText(escaping: words, limit: .max)
    }

    /// Builds a ``SafeText``: literals and safe texts are taken as they are, strings are escaped.
    public struct StringInterpolation: StringInterpolationProtocol {
        var text = ""
        var wasEscaped = false

        /// Reserves room for the literal parts.
        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 8)
        }

        /// Appends our own words.
        public mutating func appendLiteral(_ literal: StaticString) {
            appendInterpolation(SafeText(ownWords: literal))
        }

        /// Appends a safe text as it is.
        public mutating func appendInterpolation(_ value: SafeText) {
            text += value.string
            wasEscaped = wasEscaped || value.wasEscaped
        }

        /// Appends a string of unknown origin, escaped.
        public mutating func appendInterpolation(_ value: String) {
            appendInterpolation(SafeText(escaping: value, limit: 8192))
        }

        /// Appends text from outside, escaped.
        public mutating func appendInterpolation(_ value: Untrusted) {
            appendInterpolation(SafeText(value))
        }

        /// Appends an integer in decimal digits.
        public mutating func appendInterpolation(_ value: some BinaryInteger) {
            text += String(value)
        }
    }
}
