import CertCore

/// Records of CSV in memory; plain fields are copied as bytes, only the others go through ``CSVField``.
struct CSVRecord {
    private(set) var bytes: [UInt8] = []
    private let isGuarded: Bool
    private var times = TimeText()
    private var isFirst = true

    init(isGuarded: Bool, capacity: Int = 80 << 10) {
        self.isGuarded = isGuarded
        bytes.reserveCapacity(capacity)
    }

    /// A text from outside.
    mutating func text(_ value: String?) {
        separate()
        guard var value, !value.isEmpty else { return }
        let isPlain = value.withUTF8 { text in
            guard Self.isPlain(text) else { return false }
            bytes.append(contentsOf: text)
            return true
        }
        if !isPlain { bytes.append(contentsOf: CSVField.text(value, isGuarded: isGuarded).utf8) }
    }

    /// Several texts as one field.
    mutating func list(_ values: [String]) {
        text(values.joined(separator: " | "))
    }

    /// Hexadecimal digits in pairs with colons, so that no spreadsheet reads them as a number.
    mutating func hexadecimal(_ digits: String?) {
        text(CSVField.pairs(digits))
    }

    /// Fields that are CSV already.
    mutating func ready(_ fields: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: fields)
    }

    /// A time.
    mutating func time(_ time: Timestamp) {
        separate()
        bytes.append(contentsOf: times.bytes(of: time))
    }

    /// A number; nothing for nil.
    mutating func number(_ value: Int64?) {
        separate()
        guard let value else { return }
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        digits(value.magnitude)
    }

    /// A number of ten-thousandths, written with four digits after the point.
    mutating func tenThousandths(_ value: Int64?) {
        separate()
        guard let value else { return }
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        digits(value.magnitude / 10_000)
        bytes.append(UInt8(ascii: "."))
        digits(value.magnitude % 10_000, atLeast: 4)
    }

    /// `true`, `false` or nothing.
    mutating func flag(_ value: Bool?) {
        separate()
        guard let value else { return }
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// So many empty fields.
    mutating func nothing(_ count: Int = 1) {
        for _ in 0..<count { separate() }
    }

    /// Ends the record.
    mutating func end() {
        bytes.append(0x0D)
        bytes.append(0x0A)
        isFirst = true
    }

    /// Forgets the records, keeping their room.
    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    private mutating func digits(_ value: UInt64, atLeast count: Int = 1) {
        let start = bytes.count
        var rest = value
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0 || bytes.count - start < count
        bytes[start...].reverse()
    }

    /// True for printable ASCII that needs no guard, escape or quotes.
    private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, let last = text.last, first != 0x20, last != 0x20 else { return false }
        switch first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"): return false
        default: break
        }
        for byte in text
        where byte < 0x20 || byte > 0x7E || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"")
            || byte == UInt8(ascii: "\\")
        {
            return false
        }
        return true
    }
}
