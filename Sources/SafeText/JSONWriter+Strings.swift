extension JSONWriter {
    mutating func appendString(_ string: String) {
        var copy = string
        copy.withUTF8 { appendString($0) }
    }

    /// Appends a quoted string, in runs of bytes that need no escape.
    mutating func appendString(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var runStart = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                index += 1
                continue
            }
            let length = plainLength(of: text, at: index)
            if length > 0 {
                index += length
                continue
            }
            appendRun(text, runStart..<index)
            index += appendEscape(of: text, at: index)
            runStart = index
        }
        appendRun(text, runStart..<text.count)
        bytes.append(UInt8(ascii: "\""))
    }

    /// The length of the scalar beyond ASCII at `index` when it may stand as it is, else 0.
    private func plainLength(of text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        guard text[index] >= 0x80, let (scalar, length) = UTF8Decoding.scalar(in: text, at: index) else { return 0 }
        return scalar.isHiddenOrHarmful ? 0 : length
    }

    private mutating func appendRun(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        if !range.isEmpty { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[range])) }
    }

    /// Appends the escape of what stands at `index` and returns how many bytes that was.
    private mutating func appendEscape(of text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        guard let (scalar, length) = UTF8Decoding.scalar(in: text, at: index) else {
            bytes.append(contentsOf: "\u{FFFD}".utf8)
            return 1
        }
        if scalar == "\"" || scalar == "\\" {
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(text[index])
        } else {
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { appendUnit(unit) }
        }
        return length
    }

    private mutating func appendUnit(_ unit: UInt16) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: "u"))
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(unit >> shift & 0xF)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    mutating func appendBase64(_ data: [UInt8]) {
        let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        let text = [UInt8](unsafeUninitializedCapacity: (data.count + 2) / 3 * 4) { buffer, written in
            alphabet.withUTF8Buffer { letters in
                for index in stride(from: 0, to: data.count, by: 3) {
                    let count = min(3, data.count - index)
                    var group = UInt32(data[index]) << 16
                    if count > 1 { group |= UInt32(data[index + 1]) << 8 }
                    if count > 2 { group |= UInt32(data[index + 2]) }
                    buffer[written] = letters[Int(group >> 18)]
                    buffer[written + 1] = letters[Int(group >> 12 & 63)]
                    buffer[written + 2] = count > 1 ? letters[Int(group >> 6 & 63)] : UInt8(ascii: "=")
                    buffer[written + 3] = count > 2 ? letters[Int(group & 63)] : UInt8(ascii: "=")
                    written += 4
                }
            }
        }
        bytes.append(contentsOf: text)
    }
}
