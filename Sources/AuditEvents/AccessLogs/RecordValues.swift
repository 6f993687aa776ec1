import CertCore

/// The members of one record that mean something, as views valid until the next record.
struct RecordValues {
    /// A member's value.
    struct Value {
        enum Kind {
            case absent
            case string
            case number
            case yes
            case no
        }

        var kind: Kind
        var text: JSONText

        static var absent: Value { Value(kind: .absent, text: JSONText(pointer: JSONCursor.nothing, count: 0)) }
    }

    let values: UnsafeMutablePointer<Value>

    /// Whether the record names the key with a value other than null.
    func has(_ key: RecordKey) -> Bool { values[Int(key.rawValue)].kind != .absent }

    /// The text of a string or a number; nil when it is absent, empty, or the `-` that proxies write for nothing.
    subscript(key: RecordKey) -> UnsafeRawBufferPointer? {
        let value = values[Int(key.rawValue)]
        guard value.kind == .string || value.kind == .number, value.text.count > 0 else { return nil }
        return value.text.equals("-") ? nil : value.text.bytes
    }

    /// The text as a string.
    func string(_ key: RecordKey) -> String? {
        self[key].map { String(decoding: $0, as: UTF8.self) }
    }

    /// A whole number, written as a number or as text of digits.
    func number(_ key: RecordKey) -> Int? {
        guard let bytes = self[key], bytes.count <= 18 else { return nil }
        var value = 0
        for byte in bytes {
            let digit = Int(byte &- UInt8(ascii: "0"))
            guard digit < 10 else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// A truth, in the spellings of the proxies; nil when absent.
    func truth(_ key: RecordKey) -> Bool? {
        switch values[Int(key.rawValue)].kind {
        case .yes: return true
        case .no: return false
        default: break
        }
        guard let bytes = self[key], bytes.count == 1 else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "r"), UInt8(ascii: "1"): return true
        case UInt8(ascii: "."), UInt8(ascii: "0"): return false
        default: return nil
        }
    }

    /// Whether a text is this word.
    func equals(_ key: RecordKey, _ word: StaticString) -> Bool {
        values[Int(key.rawValue)].kind == .string && values[Int(key.rawValue)].text.equals(word)
    }
}
