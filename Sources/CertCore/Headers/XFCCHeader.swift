/// Envoy's `x-forwarded-client-cert` header, taken apart (one element a proxy, pairs of key and value in each).
///
/// Envoy quotes `Cert`, `Chain` and `Subject`, but writes `URI` and `DNS` as they stand in the certificate: a hostile
/// name may hold `;` or `,` and so add pairs or elements. That is why anything unusual makes the whole header invalid.
struct XFCCHeader {
    struct Pair: Equatable {
        /// The key in lower case.
        let key: String
        /// The value between its quotes, with backslashes as they were sent.
        let raw: [UInt8]
    }

    /// One element: what one proxy says about the client it saw.
    struct Element: Equatable {
        var pairs: [Pair] = []

        /// The value of a key that may come once; throws when it comes more often.
        func single(_ key: String) throws(HeaderFailure) -> [UInt8]? {
            let found = pairs.filter { $0.key == key }
            guard found.count <= 1 else { throw .malformed }
            return found.first?.raw
        }
    }

    let elements: [Element]

    /// Takes a header value apart in one pass; throws at the first byte that does not fit the grammar.
    init(_ value: [UInt8]) throws(HeaderFailure) {
        var scanner = Scanner(bytes: value)
        elements = try scanner.elements()
    }

    /// The element that an option chooses; nil when there are not so many.
    func element(_ choice: XFCCElementChoice) -> Element? {
        switch choice {
        case .first: elements.first
        case .last: elements.last
        case .fromRight(let number):
            number >= 1 && number <= elements.count ? elements[elements.count - number] : nil
        }
    }

    /// The value with each backslash pair replaced by its second character.
    static func unescaped(_ raw: [UInt8]) -> [UInt8] {
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

extension XFCCHeader {
    private struct Scanner {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        mutating func elements() throws(HeaderFailure) -> [Element] {
            var result = [Element()]
            while true {
                skipSpace()
                if let pair = try pair() { result[result.count - 1].pairs.append(pair) }
                skipSpace()
                guard position < bytes.count else { return result }
                switch bytes[position] {
                case UInt8(ascii: ";"): break
                case UInt8(ascii: ","): result.append(Element())
                default: throw .malformed
                }
                position += 1
            }
        }

        /// One pair; nil where a separator or the end stands at once.
        private mutating func pair() throws(HeaderFailure) -> Pair? {
            let start = position
            while position < bytes.count, isKey(bytes[position]) { position += 1 }
            guard position > start else { return nil }
            let key = String(decoding: bytes[start..<position], as: UTF8.self)
            guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { throw .malformed }
            position += 1
            return Pair(key: ASCII.lowercased(key), raw: try value())
        }

        private mutating func value() throws(HeaderFailure) -> [UInt8] {
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try quoted() }
            let start = position
            while position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != UInt8(ascii: ";") {
                guard bytes[position] != UInt8(ascii: "\"") else { throw .malformed }
                position += 1
            }
            return Array(ASCII.trimmed(bytes[start..<position]))
        }

        /// A quoted value.
        ///
        /// Readers disagree about a quote after two backslashes: for some the first pair is done, for others a quote
        /// after a backslash never closes. A value that both do not read alike is refused.
        private mutating func quoted() throws(HeaderFailure) -> [UInt8] {
            position += 1
            let start = position
            while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
                position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard position < bytes.count else { throw .malformed }
            if position > start, bytes[position - 1] == UInt8(ascii: "\\") { throw .malformed }
            position += 1
            return Array(bytes[start..<position - 1])
        }

        private mutating func skipSpace() {
            while position < bytes.count, bytes[position] == 32 || bytes[position] == 9 { position += 1 }
        }

        private func isKey(_ byte: UInt8) -> Bool {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}
