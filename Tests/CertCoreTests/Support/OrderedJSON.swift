/// JSON as a value that keeps the order of keys, to compare what two writers wrote.
indirect enum OrderedJSON: Equatable, CustomStringConvertible {
    case word(String)
    case string(String)
    case array([OrderedJSON])
    case object([Member])

    struct Member: Equatable {
        let key: String
        let value: OrderedJSON
    }

    /// Reads a text that is known to be valid.
    init(_ text: String) throws {
        var reader = Reader(scalars: Array(text.unicodeScalars))
        self = try reader.value()
    }

    subscript(key: String) -> OrderedJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    var keys: [String] {
        guard case .object(let members) = self else { return [] }
        return members.map(\.key)
    }

    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var description: String {
        switch self {
        case .word(let word): word
        case .string(let text): text.debugDescription
        case .array(let list): "[\(list.map(\.description).joined(separator: ", "))]"
        case .object(let members): "{\(members.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
        }
    }

    static func == (left: OrderedJSON, right: OrderedJSON) -> Bool {
        switch (left, right) {
        case (.word(let first), .word(let second)): first == second
        // Compared by scalars: Swift's own comparison takes canonically equivalent texts for equal.
        case (.string(let first), .string(let second)): first.unicodeScalars.elementsEqual(second.unicodeScalars)
        case (.array(let first), .array(let second)): first == second
        case (.object(let first), .object(let second)): first == second
        default: false
        }
    }
}

struct BadJSON: Error {
    let position: Int
}

private struct Reader {
    let scalars: [Unicode.Scalar]
    var position = 0

    mutating func value() throws -> OrderedJSON {
        skipSpace()
        guard position < scalars.count else { throw BadJSON(position: position) }
        switch scalars[position] {
        case "{": return .object(try list(until: "}") { try $0.member() })
        case "[": return .array(try list(until: "]") { try $0.value() })
        case "\"": return .string(try string())
        default:
            let start = position
            while position < scalars.count, !",]} \n".unicodeScalars.contains(scalars[position]) { position += 1 }
            guard position > start else { throw BadJSON(position: position) }
            return .word(String(String.UnicodeScalarView(scalars[start..<position])))
        }
    }

    private mutating func member() throws -> OrderedJSON.Member {
        skipSpace()
        let key = try string()
        skipSpace()
        try take(":")
        return .init(key: key, value: try value())
    }

    private mutating func list<Item>(
        until end: Unicode.Scalar,
        item: (inout Reader) throws -> Item
    ) throws -> [Item] {
        position += 1
        var result: [Item] = []
        skipSpace()
        if position < scalars.count, scalars[position] == end {
            position += 1
            return result
        }
        while true {
            result.append(try item(&self))
            skipSpace()
            guard position < scalars.count else { throw BadJSON(position: position) }
            let next = scalars[position]
            position += 1
            if next == end { return result }
            guard next == "," else { throw BadJSON(position: position) }
        }
    }

    private mutating func string() throws -> String {
        try take("\"")
        var units: [UInt16] = []
        while position < scalars.count {
            let scalar = scalars[position]
            position += 1
            if scalar == "\"" { return String(decoding: units, as: UTF16.self) }
            guard scalar == "\\" else {
                units.append(contentsOf: UTF16.encode(scalar).map(Array.init) ?? [])
                continue
            }
            units.append(try escaped())
        }
        throw BadJSON(position: position)
    }

    private mutating func escaped() throws -> UInt16 {
        guard position < scalars.count else { throw BadJSON(position: position) }
        let letter = scalars[position]
        position += 1
        switch letter {
        case "n": return 10
        case "r": return 13
        case "t": return 9
        case "b": return 8
        case "f": return 12
        case "u":
            guard position + 4 <= scalars.count,
                let unit = UInt16(String(String.UnicodeScalarView(scalars[position..<position + 4])), radix: 16)
            else { throw BadJSON(position: position) }
            position += 4
            return unit
        default: return UInt16(letter.value)
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) throws {
        guard position < scalars.count, scalars[position] == scalar else { throw BadJSON(position: position) }
        position += 1
    }

    private mutating func skipSpace() {
        while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
    }
}
