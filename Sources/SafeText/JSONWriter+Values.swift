extension JSONWriter {
    /// Writes a string.
    public mutating func value(_ value: String) {
        separate()
        appendString(value)
    }

    /// Writes a string of a buffer that should be UTF-8; each byte that is not becomes U+FFFD.
    public mutating func value(utf8 value: UnsafeRawBufferPointer) {
        separate()
        value.withMemoryRebound(to: UInt8.self) { appendString($0) }
    }

    /// Writes bytes as a base64 string (RFC 4648 section 4, padded).
    public mutating func value(base64 value: [UInt8]) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        appendBase64(value)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes an integer.
    public mutating func value(_ value: Int64) {
        separate()
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        appendDigits(value.magnitude)
    }

    /// Writes an integer.
    public mutating func value(_ value: Int) {
        self.value(Int64(value))
    }

    /// Writes an unsigned integer.
    public mutating func value(_ value: UInt64) {
        separate()
        appendDigits(value)
    }

    /// Writes a number; what JSON cannot hold (infinities, NaN) is written as null.
    public mutating func value(_ value: Double) {
        guard value.isFinite else { return null() }
        separate()
        bytes.append(contentsOf: value.description.utf8)
    }

    /// Writes `true` or `false`.
    public mutating func value(_ value: Bool) {
        separate()
        append(value ? "true" : "false")
    }

    /// Writes `null`.
    public mutating func null() {
        separate()
        append("null")
    }

    /// Writes a string, or null for nil.
    public mutating func value(_ value: String?) {
        if let value { self.value(value) } else { null() }
    }

    /// Writes an integer, or null for nil.
    public mutating func value(_ value: Int?) {
        if let value { self.value(value) } else { null() }
    }

    /// Writes an integer, or null for nil.
    public mutating func value(_ value: Int64?) {
        if let value { self.value(value) } else { null() }
    }

    /// Writes a truth value, or null for nil.
    public mutating func value(_ value: Bool?) {
        if let value { self.value(value) } else { null() }
    }

    /// Writes an array of strings.
    public mutating func value(_ values: [String]) {
        beginArray()
        for value in values { self.value(value) }
        endArray()
    }

    private mutating func appendDigits(_ value: UInt64) {
        if value < 10 { return bytes.append(UInt8(ascii: "0") + UInt8(value)) }
        let start = bytes.count
        var rest = value
        while rest > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
    }
}
