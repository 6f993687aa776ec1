import AuditStore
import CertCore
import SafeText

/// Records of keys and values in memory: what CEF, LEEF and syslog have in common.
///
/// Texts from outside appear in the visible notation, then with the format's own escapes.
struct PairRecord {
    /// How a format writes a pair.
    struct Style: Sendable {
        /// What stands between two pairs.
        var separator: UInt8
        /// What stands around a value.
        var quote: UInt8?
        /// What takes a backslash before it in a value; with any, a backslash does too.
        var escaped: [UInt8]
    }

    /// What many events share; each is written once for the row it depends on.
    enum Part: Int, CaseIterable {
        case head, identity, service, request, certificate, sentence
    }

    private(set) var bytes: [UInt8] = []
    private let style: Style
    private let special: (UInt8, UInt8)
    private var fragments = FragmentCache(kinds: Part.allCases.count)
    private var times = TimeText()
    private var isFirst = true

    init(_ style: Style) {
        self.style = style
        special = (style.escaped.first ?? UInt8(ascii: "\\"), style.escaped.last ?? UInt8(ascii: "\\"))
        bytes.reserveCapacity(80 << 10)
    }

    /// Forgets the records, keeping their room.
    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    /// Appends our own words outside the pairs; the next pair is the first of its row.
    mutating func literal(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
        isFirst = true
    }

    /// Appends a text outside the pairs as it is.
    mutating func plain(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        isFirst = true
    }

    /// Appends a time outside the pairs.
    mutating func time(_ time: Timestamp) { bytes.append(contentsOf: times.bytes(of: time)) }

    /// Appends a text with a backslash before each backslash and each special sign of its place.
    mutating func escaped(_ text: String, _ special: [UInt8]) {
        for byte in text.utf8 {
            if !special.isEmpty, byte == UInt8(ascii: "\\") || special.contains(byte) {
                bytes.append(UInt8(ascii: "\\"))
            }
            bytes.append(byte)
        }
    }

    /// Ends the record.
    mutating func end() {
        bytes.append(0x0A)
        isFirst = true
    }

    /// What depends on nothing but a row: copied when it was written before.
    ///
    /// No pair of it is the first of a record.
    mutating func shared(_ part: Part, _ id: Int64?, _ body: (inout Self) -> Void) {
        guard let id else { return body(&self) }
        if let known = fragments[part.rawValue, id] {
            bytes.append(contentsOf: known)
            return
        }
        let start = bytes.count
        body(&self)
        fragments.keep(bytes[start...], part.rawValue, id)
    }
}

// MARK: Pairs

extension PairRecord {
    /// A text from outside, cut to so many characters; nothing for nil or an empty one.
    mutating func pair(_ key: StaticString, _ value: String?, atMost limit: Int = 8192) {
        guard var value, !value.isEmpty else { return }
        begin(key)
        let isWritten = value.withUTF8 { text in
            guard text.count <= limit, isPlain(text) else { return false }
            bytes.append(contentsOf: text)
            return true
        }
        if !isWritten { escaped(value.shown(atMost: limit), style.escaped) }
        finish()
    }

    /// Our own word.
    mutating func pair(_ key: StaticString, word: StaticString) {
        begin(key)
        word.withUTF8Buffer { bytes.append(contentsOf: $0) }
        finish()
    }

    /// A number; nothing for nil.
    mutating func pair(_ key: StaticString, number value: (some BinaryInteger)?) {
        guard let value else { return }
        begin(key)
        bytes.append(contentsOf: String(value).utf8)
        finish()
    }

    /// A time; nothing for nil.
    mutating func pair(_ key: StaticString, time value: Timestamp?) {
        guard let value else { return }
        begin(key)
        time(value)
        finish()
    }

    /// `true` or `false`; nothing for nil.
    mutating func pair(_ key: StaticString, flag value: Bool?) {
        if let value { pair(key, word: value ? "true" : "false") }
    }

    /// Several names as one value.
    mutating func pair(_ key: StaticString, list values: [String], atMost limit: Int = 8192) {
        if !values.isEmpty { pair(key, values.joined(separator: " | "), atMost: limit) }
    }

    private mutating func begin(_ key: StaticString) {
        if !isFirst { bytes.append(style.separator) }
        isFirst = false
        key.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "="))
        if let quote = style.quote { bytes.append(quote) }
    }

    private mutating func finish() {
        if let quote = style.quote { bytes.append(quote) }
    }

    /// True for printable ASCII without a sign that any rule could change.
    private func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let (one, other) = special
        for byte in text
        where byte < 0x20 || byte > 0x7E || byte == UInt8(ascii: "\\") || byte == one || byte == other {
            return false
        }
        return true
    }
}
