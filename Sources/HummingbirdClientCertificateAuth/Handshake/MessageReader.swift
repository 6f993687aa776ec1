/// Reads numbers and vectors from a handshake message (RFC 8446 section 3); nil when there are not enough bytes.
struct MessageReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// A number of so many bytes.
    mutating func number(_ size: Int) -> Int? {
        bytes(size)?.reduce(0) { $0 << 8 | Int($1) }
    }

    /// So many bytes.
    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// Bytes whose number stands before them in so many bytes.
    mutating func vector(_ size: Int) -> ArraySlice<UInt8>? {
        number(size).flatMap { bytes($0) }
    }

    /// The extensions that end a hello message, by type; the first of a type counts.
    mutating func extensions() -> [Int: ArraySlice<UInt8>] {
        guard let list = vector(2) else { return [:] }
        var reader = MessageReader(list)
        var result: [Int: ArraySlice<UInt8>] = [:]
        while !reader.isAtEnd, let type = reader.number(2), let content = reader.vector(2) {
            if result[type] == nil { result[type] = content }
        }
        return result
    }
}
