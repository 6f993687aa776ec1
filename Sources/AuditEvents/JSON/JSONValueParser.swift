/// Builds a ``JSONValue`` from a cursor.
struct JSONValueParser {
    /// The most members one object may have: enough for everything we read, and no memory bomb.
    private static let maxKeys = 65536

    private var cursor: JSONCursor
    /// How many elements and members may still come.
    private var room: Int

    static func parse(_ text: UnsafeRawBufferPointer, depth: Int, values: Int) -> Result<JSONValue, ScanFailure> {
        let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: max(text.count, 1))
        let kept = UnsafeMutablePointer<JSONText>.allocate(capacity: 1)
        defer {
            scratch.deallocate()
            kept.deallocate()
        }
        // Keys are compared in a set of this parser's own: the cursor's list is for small objects.
        let cursor = JSONCursor(text: text, scratch: scratch, kept: kept, maxDepth: depth, maxKeys: maxKeys)
        var parser = JSONValueParser(cursor: cursor, room: values)
        do throws(ScanFailure) {
            return .success(try parser.whole())
        } catch {
            return .failure(error)
        }
    }

    private mutating func whole() throws(ScanFailure) -> JSONValue {
        cursor.skipSpace()
        let value = try value()
        cursor.skipSpace()
        guard cursor.offset == cursor.end else { throw cursor.failure("something follows the value") }
        return value
    }

    private mutating func value() throws(ScanFailure) -> JSONValue {
        switch cursor.next {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try cursor.string().string)
        case UInt8(ascii: "t"):
            try cursor.literal("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try cursor.literal("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try cursor.literal("null")
            return .null
        default: return .number(try cursor.number().text.string)
        }
    }

    private mutating func object() throws(ScanFailure) -> JSONValue {
        var members = try cursor.beginObject()
        var result: [JSONValue.Member] = []
        var names: Set<[UInt8]> = []
        while try cursor.nextMember(&members) {
            guard names.insert(Array(members.key.bytes)).inserted else {
                throw ScanFailure(.dupKey, at: members.keyOffset, "the object names a key twice")
            }
            let key = members.key.string
            try take()
            result.append(JSONValue.Member(key: key, value: try value()))
        }
        return .object(result)
    }

    private mutating func array() throws(ScanFailure) -> JSONValue {
        try cursor.enter()
        var elements: [JSONValue] = []
        while try cursor.nextElement(isFirst: elements.isEmpty) {
            try take()
            elements.append(try value())
        }
        return .array(elements)
    }

    /// A value of two bytes takes twenty times as much memory: their number must be bounded, not only the text.
    private mutating func take() throws(ScanFailure) {
        guard room > 0 else { throw ScanFailure(.tooManyKeys, at: cursor.offset, "too many values") }
        room -= 1
    }
}
