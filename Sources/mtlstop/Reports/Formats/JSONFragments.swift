import SafeText

/// Members of JSON objects that many events share: written once, then copied.
struct JSONFragments<Part: RawRepresentable & CaseIterable> where Part.RawValue == Int {
    private var cache = FragmentCache(kinds: Part.allCases.count)

    /// Writes members that depend on nothing but a row; without one they are not kept.
    mutating func write(
        _ part: Part,
        _ id: Int64?,
        to writer: inout JSONWriter,
        _ body: (inout JSONWriter) throws -> Void
    ) rethrows {
        guard let id else { return try body(&writer) }
        if let known = cache[part.rawValue, id] {
            if !known.isEmpty { writer.raw(known) }
            return
        }
        let start = writer.bytes.count
        try body(&writer)
        let written = writer.bytes[start...]
        cache.keep(written.first == UInt8(ascii: ",") ? written.dropFirst() : written, part.rawValue, id)
    }
}
