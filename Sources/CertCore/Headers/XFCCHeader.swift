/// Envoy's `x-forwarded-client-cert` header, taken apart (one element a proxy, pairs of key and value in each).
///
/// Envoy quotes `Cert`, `Chain` and `Subject`, but writes `URI` and `DNS` as they stand in the certificate: a hostile
/// name may hold `;` or `,` and so add pairs or elements. That is why anything unusual makes the whole header invalid.
struct XFCCHeader {
    /// The keys whose values count; what other keys say is only looked at for its form.
    enum Key: Int, CaseIterable {
        case cert, chain, hash, subject
    }

    /// One element: what one proxy says about the client it saw.
    struct Element {
        private let bytes: [UInt8]
        private var values: [Range<Int>?] = Array(repeating: nil, count: Key.allCases.count)
        private var repeated: [Bool] = Array(repeating: false, count: Key.allCases.count)

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        /// The value between its quotes, with backslashes as they were sent; throws when the key comes more than once.
        func value(of key: Key) throws(HeaderFailure) -> ArraySlice<UInt8>? {
            guard !repeated[key.rawValue] else { throw .malformed }
            return values[key.rawValue].map { bytes[$0] }
        }

        mutating func add(_ key: Key, _ range: Range<Int>) {
            repeated[key.rawValue] = values[key.rawValue] != nil
            values[key.rawValue] = range
        }
    }

    /// How many elements there are.
    let count: Int
    private let bytes: [UInt8]

    /// Looks over a header value in one pass; throws at the first byte that does not fit the grammar.
    init(_ value: [UInt8]) throws(HeaderFailure) {
        bytes = value
        var scanner = XFCCScanner(bytes: value)
        var elements = 1
        while let step = try scanner.next() {
            if step == .nextElement { elements += 1 }
        }
        count = elements
    }

    /// The element that an option chooses; nil when there are not so many.
    func element(_ choice: XFCCElementChoice) throws(HeaderFailure) -> Element? {
        let wanted =
            switch choice {
            case .first: 0
            case .last: count - 1
            case .fromRight(let number): count - number
            }
        guard (0..<count).contains(wanted) else { return nil }
        var result = Element(bytes: bytes)
        var scanner = XFCCScanner(bytes: bytes)
        var index = 0
        while index <= wanted, let step = try scanner.next() {
            switch step {
            case .nextElement: index += 1
            case .pair(let key?, let range) where index == wanted: result.add(key, range)
            case .pair: break
            }
        }
        return result
    }

    /// The value with each backslash pair replaced by its second character.
    static func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var isEscaped = false
        for byte in raw {
            if byte == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
            } else {
                result.append(byte)
                isEscaped = false
            }
        }
        return result
    }
}
