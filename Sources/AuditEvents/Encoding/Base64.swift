/// Base64 as RFC 4648 section 4 has it: padding required, no white space, no bits left over.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xff, count: 256)
        for (value, byte) in alphabet.enumerated() { table[Int(byte)] = UInt8(value) }
        return table
    }()

    /// Appends the decoded bytes to `output`; on false what was appended is to be thrown away.
    ///
    /// Memory grows by three quarters of the text's length, never more.
    package static func decode(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
        guard text.count.isMultiple(of: 4) else { return false }
        guard !text.isEmpty else { return true }
        let body = text.count - 4
        output.reserveCapacity(output.count + text.count / 4 * 3)
        return values.withUnsafeBufferPointer { table in
            var index = 0
            while index < body {
                let first = table[Int(text[index])]
                let second = table[Int(text[index + 1])]
                let third = table[Int(text[index + 2])]
                let fourth = table[Int(text[index + 3])]
                guard (first | second | third | fourth) < 64 else { return false }
                output.append(first << 2 | second >> 4)
                output.append(second << 4 | third >> 2)
                output.append(third << 6 | fourth)
                index += 4
            }
            return decodeLast(text, at: body, table, into: &output)
        }
    }

    /// How many bytes well-formed text stands for.
    static func size(of text: UnsafeRawBufferPointer) -> Int {
        var padding = 0
        while padding < 2, padding < text.count, text[text.count - 1 - padding] == UInt8(ascii: "=") { padding += 1 }
        return (text.count + 3) / 4 * 3 - padding
    }

    /// The last four digits, of which one or two may be padding.
    private static func decodeLast(
        _ text: UnsafeRawBufferPointer,
        at index: Int,
        _ table: UnsafeBufferPointer<UInt8>,
        into output: inout [UInt8]
    ) -> Bool {
        let padding = UInt8(ascii: "=")
        let first = table[Int(text[index])]
        let second = table[Int(text[index + 1])]
        guard (first | second) < 64 else { return false }
        output.append(first << 2 | second >> 4)
        if text[index + 2] == padding {
            return text[index + 3] == padding && second & 0x0f == 0
        }
        let third = table[Int(text[index + 2])]
        guard third < 64 else { return false }
        output.append(second << 4 | third >> 2)
        if text[index + 3] == padding { return third & 0x03 == 0 }
        let fourth = table[Int(text[index + 3])]
        guard fourth < 64 else { return false }
        output.append(third << 6 | fourth)
        return true
    }

    /// The bytes of a text; nil when it is not base64.
    package static func decode(_ text: String) -> [UInt8]? {
        var output: [UInt8] = []
        let isValid = Array(text.utf8).withUnsafeBytes { decode($0, into: &output) }
        return isValid ? output : nil
    }

    /// The text of some bytes, with padding.
    package static func encode(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { target in
            var written = 0
            var index = 0
            while index < bytes.count {
                let left = bytes.count - index
                let word =
                    UInt32(bytes[index]) << 16 | (left > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                    | (left > 2 ? UInt32(bytes[index + 2]) : 0)
                target[written] = alphabet[Int(word >> 18)]
                target[written + 1] = alphabet[Int(word >> 12 & 63)]
                target[written + 2] = left > 1 ? alphabet[Int(word >> 6 & 63)] : UInt8(ascii: "=")
                target[written + 3] = left > 2 ? alphabet[Int(word & 63)] : UInt8(ascii: "=")
                written += 4
                index += 3
            }
            return written
        }
    }
}
