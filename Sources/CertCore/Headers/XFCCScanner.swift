/// Walks over an `x-forwarded-client-cert` value pair by pair, and keeps nothing.
struct XFCCScanner {
    /// What comes next.
    enum Step: Equatable {
        /// A pair: its key if it is one that counts, and where its value stands, without quotes.
        case pair(XFCCHeader.Key?, Range<Int>)
        /// A comma: the next element begins.
        case nextElement
    }

    private let bytes: [UInt8]
    private var position = 0
    private var isAfterPair = false

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next step, or nil at the end.
    ///
    /// Throws at the first byte that does not fit the grammar.
    mutating func next() throws(HeaderFailure) -> Step? {
        while true {
            skipSpace()
            guard position < bytes.count else { return nil }
            switch bytes[position] {
            case UInt8(ascii: ";"):
                isAfterPair = false
                position += 1
            case UInt8(ascii: ","):
                isAfterPair = false
                position += 1
                return .nextElement
            default:
                guard !isAfterPair else { throw .malformed }
                isAfterPair = true
                return try pair()
            }
        }
    }

    private mutating func pair() throws(HeaderFailure) -> Step {
        let start = position
        while position < bytes.count, Self.isKey(bytes[position]) { position += 1 }
        guard position > start, position < bytes.count, bytes[position] == UInt8(ascii: "=") else { throw .malformed }
        let key = Self.key(bytes[start..<position])
        position += 1
        return .pair(key, try value())
    }

    private static let names = XFCCHeader.Key.allCases.map { Array("\($0)".utf8) }

    /// Keys are compared without regard to ASCII case.
    private static func key(_ name: ArraySlice<UInt8>) -> XFCCHeader.Key? {
        guard (4...7).contains(name.count) else { return nil }
        return XFCCHeader.Key.allCases.first { names[$0.rawValue].elementsEqual(name.lazy.map { $0 | 0x20 }) }
    }

    private mutating func value() throws(HeaderFailure) -> Range<Int> {
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try quoted() }
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != UInt8(ascii: ";") {
            guard bytes[position] != UInt8(ascii: "\"") else { throw .malformed }
            position += 1
        }
        return ASCII.trimmed(bytes[start..<position]).indices
    }

    /// A quoted value.
    ///
    /// Readers disagree about a quote after two backslashes: for some the first pair is done, for others a quote
    /// after a backslash never closes. A value that both do not read alike is refused.
    private mutating func quoted() throws(HeaderFailure) -> Range<Int> {
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count else { throw .malformed }
        if position > start, bytes[position - 1] == UInt8(ascii: "\\") { throw .malformed }
        position += 1
        return start..<position - 1
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position] == 32 || bytes[position] == 9 { position += 1 }
    }

    private static func isKey(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
