extension JSONWriter {
    /// Writes a key and a string of `count` ASCII bytes that need no escape, filled in place: without a `String`.
    package mutating func member(
        _ key: StaticString,
        asciiCount count: Int,
        _ fill: (UnsafeMutableBufferPointer<UInt8>) -> Void
    ) {
        self.key(key)
        bytes.append(UInt8(ascii: "\""))
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
        bytes.withUnsafeMutableBufferPointer { fill(UnsafeMutableBufferPointer(rebasing: $0[start...])) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a key and an object; nothing at all when the body writes nothing.
    package mutating func presentObject(
        _ key: StaticString,
        _ body: (inout JSONWriter) throws -> Void
    ) rethrows {
        let start = bytes.count
        self.key(key)
        beginObject()
        let empty = bytes.count
        try body(&self)
        if bytes.count == empty { bytes.removeLast(empty - start) } else { endObject() }
    }

    /// Appends bytes as they are: the caller has set quotes and commas.
    package mutating func appendReady(_ ready: [UInt8]) {
        ready.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    /// Writes a value or members that are JSON already; for arrays, which need no generic code.
    package mutating func raw(_ json: [UInt8]) {
        separate()
        json.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    /// Writes a value or members that are JSON already; for parts of arrays, which need no generic code.
    package mutating func raw(_ json: ArraySlice<UInt8>) {
        separate()
        json.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    /// Appends ASCII text as it is.
    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Appends bytes outside any value: line ends and blanks between the parts of a long document.
    package mutating func appendBetween(_ text: StaticString) {
        append(text)
    }
}
