/// Distinguished names as text of RFC 2253, byte by byte.
enum DistinguishedNameBytes {
    /// The value of the first `CN=`, still escaped; nil when there is none.
    static func commonName(in name: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        var start = 0
        while start < name.count {
            let end = endOfPart(name, from: start)
            let part = UnsafeRawBufferPointer(rebasing: name[start..<end])
            if part.count > 3, part[0] | 0x20 == UInt8(ascii: "c"), part[1] | 0x20 == UInt8(ascii: "n"),
                part[2] == UInt8(ascii: "=")
            {
                return UnsafeRawBufferPointer(rebasing: part[3...])
            }
            start = end + 1
            while start < name.count, name[start] == UInt8(ascii: " ") { start += 1 }
        }
        return nil
    }

    private static func endOfPart(_ name: UnsafeRawBufferPointer, from start: Int) -> Int {
        var offset = start
        while offset < name.count {
            let byte = name[offset]
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "+") { return offset }
            offset += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return name.count
    }

    /// Replaces escapes of bytes from 0x80 on (`\C3\A9`) by the bytes; every other escape stays.
    static func decodeBytes(_ name: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>) -> Int {
        var count = 0
        var offset = 0
        while offset < name.count {
            if let byte = escapedByte(name, at: offset), byte >= 0x80 {
                target[count] = byte
                offset += 3
            } else {
                target[count] = name[offset]
                offset += 1
            }
            count += 1
        }
        return count
    }

    /// Removes all escapes of a value.
    static func unescape(_ value: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>) -> Int {
        var count = 0
        var offset = 0
        while offset < value.count {
            if let byte = escapedByte(value, at: offset) {
                target[count] = byte
                offset += 3
            } else {
                let isEscape = value[offset] == UInt8(ascii: "\\") && offset + 1 < value.count
                if isEscape { offset += 1 }
                target[count] = value[offset]
                offset += 1
            }
            count += 1
        }
        return count
    }

    private static func escapedByte(_ text: UnsafeRawBufferPointer, at offset: Int) -> UInt8? {
        guard text[offset] == UInt8(ascii: "\\"), offset + 2 < text.count,
            let high = Hexadecimal.value(text[offset + 1]), let low = Hexadecimal.value(text[offset + 2])
        else { return nil }
        return high << 4 | low
    }
}
