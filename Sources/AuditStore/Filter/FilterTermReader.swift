import AuditEvents
import CertCore

/// Understands one `word:value`.
struct FilterTermReader {
    let word: String
    let operation: FilterOperator
    let value: FilterText
    let column: Int
    let valueColumn: Int
    let now: Timestamp

    /// The condition; `!=` is the negation of `=`.
    func node() throws(FilterError) -> FilterNode {
        guard let known = FilterWord(rawValue: word.lowercased()) else {
            throw FilterError(
                column: column,
                message: "\"\(word)\" is no filter word; the words are: \(FilterWord.list) "
                    + "(in quotes it is searched as text)"
            )
        }
        if operation == .differs {
            return .not(.term(try term(known, .equals, value)))
        }
        return .term(try term(known, operation, value))
    }

    private func term(
        _ word: FilterWord,
        _ operation: FilterOperator,
        _ value: FilterText
    ) throws(FilterError) -> FilterTerm {
        switch word {
        case .since, .until, .expires, .code, .id, .session: try number(word, operation, value)
        case .outcome, .rejectionClass, .state: try choice(word, operation, value)
        default: try text(word, operation, value)
        }
    }

    // MARK: Texts

    private func text(
        _ word: FilterWord,
        _ operation: FilterOperator,
        _ value: FilterText
    ) throws(FilterError) -> FilterTerm {
        if operation.isOrder {
            throw wrong("\(word.name) takes : (matches), = (is exactly) or ~ (contains), not \(operation.rawValue)")
        }
        switch word {
        case .fingerprint: return .fingerprint(try fingerprint(value.text))
        case .serial: return .serial(try serial(operation, value))
        case .ip: return try address(operation, value)
        case .template:
            guard operation != .contains else { throw wrong("template takes : or =, not ~") }
            return .template(value.text.isEmpty ? nil : ReasonTemplate.template(value.text))
        case .reason: return .reason(pattern(operation, value, .whole), orClass: operation == .matches)
        case .commonName: return .certificate(.commonName, pattern(operation, value, .whole))
        case .subject: return .certificate(.subject, pattern(operation, value, .anywhere))
        case .issuer: return .certificate(.issuer, pattern(operation, value, .anywhere))
        case .san: return .certificate(.san, pattern(operation, value, .anywhere))
        case .path: return .name(.path, pattern(operation, value, .start))
        case .agent: return .name(.agent, pattern(operation, value, .anywhere))
        case .host: return .name(.host, pattern(operation, value, .whole))
        case .method: return .name(.method, pattern(operation, value, .whole))
        case .service: return .name(.service, pattern(operation, value, .whole))
        default: return .name(.source, pattern(operation, value, .whole))
        }
    }

    private func pattern(
        _ operation: FilterOperator,
        _ value: FilterText,
        _ place: FilterPattern.Place
    ) -> FilterPattern {
        if value.text.isEmpty { return .missing }
        switch operation {
        case .equals: return .exactly(value.text)
        case .contains: return .containing(value.text)
        default: return .matching(value, place: place)
        }
    }

    private func fingerprint(_ text: String) throws(FilterError) -> String {
        var hex = text.lowercased()
        for prefix in ["sha256:", "sha1:"] where hex.hasPrefix(prefix) { hex.removeFirst(prefix.count) }
        if hex.hasSuffix("*") { hex.removeLast() }
        hex.removeAll { $0 == ":" }
        guard !hex.isEmpty, hex.utf8.count <= 64, hex.utf8.allSatisfy(isHexDigit) else {
            throw wrong("fp takes hexadecimal digits, as many of the fingerprint as you like, with or without colons")
        }
        return hex
    }

    private func serial(_ operation: FilterOperator, _ value: FilterText) throws(FilterError) -> FilterPattern {
        let text = FilterText(text: value.text.filter { $0 != ":" }, isQuoted: value.isQuoted)
        guard text.text.utf8.allSatisfy({ isHexDigit($0) || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "-") }) else {
            throw wrong("serial takes hexadecimal digits, with or without colons")
        }
        if operation == .equals, !text.text.isEmpty { return .matching(text, place: .whole) }
        return pattern(operation, text, .start)
    }

    private func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
    }

    private func address(_ operation: FilterOperator, _ value: FilterText) throws(FilterError) -> FilterTerm {
        if operation == .matches, let network = AddressNetwork(value.text) { return .network(network) }
        if operation == .matches, value.text.contains("/") {
            throw wrong("\"\(value.text)\" is no network; write it like 10.4.0.0/16 or fd00::/8")
        }
        return .name(.ip, pattern(operation, value, .whole))
    }

    // MARK: Choices

    private func choice(
        _ word: FilterWord,
        _ operation: FilterOperator,
        _ value: FilterText
    ) throws(FilterError) -> FilterTerm {
        guard operation == .matches || operation == .equals else {
            throw wrong("\(word.name) takes : or =, not \(operation.rawValue)")
        }
        let name = value.text.lowercased()
        switch word {
        case .outcome:
            switch name {
            case "ok", "authenticated", "accepted": return .outcome(.authenticated)
            case "rej", "rejected": return .outcome(.rejected)
            default: throw wrong("outcome is ok, authenticated, rej or rejected", at: valueColumn)
            }
        case .rejectionClass:
            guard let known = RejectionClass(rawValue: name) else {
                let names = RejectionClass.allCases.map(\.rawValue).joined(separator: ", ")
                throw wrong("class is one of \(names)", at: valueColumn)
            }
            return .rejectionClass(known)
        default:
            guard let state = EventState(rawValue: name) else {
                let names = EventState.allCases.map(\.rawValue).joined(separator: ", ")
                throw wrong("is: takes \(names)", at: valueColumn)
            }
            return .state(state)
        }
    }

    private func wrong(_ message: String, at place: Int? = nil) -> FilterError {
        FilterError(column: place ?? column, message: message)
    }
}

// MARK: Numbers and times

extension FilterTermReader {
    private func number(
        _ word: FilterWord,
        _ operation: FilterOperator,
        _ value: FilterText
    ) throws(FilterError) -> FilterTerm {
        let (comparison, text, place) = try comparison(word, operation, value)
        switch word {
        case .since: return .time(.atLeast, try time(text, place, future: false))
        case .until: return .time(.less, try time(text, place, future: false))
        case .expires: return .expires(comparison ?? .less, try time(text, place, future: true))
        case .code: return .code(comparison ?? .equal, try code(text, place))
        case .id: return .id(comparison ?? .equal, try integer(word, text, place))
        default:
            if let comparison, comparison != .equal {
                throw FilterError(column: column, message: "session takes : or =")
            }
            return .session(try integer(word, text, place))
        }
    }

    /// `expires<30d` and `expires:<30d` are the same.
    private func comparison(
        _ word: FilterWord,
        _ operation: FilterOperator,
        _ value: FilterText
    ) throws(FilterError) -> (Comparison?, String, Int) {
        let isBound = word == .since || word == .until
        switch operation {
        case .contains:
            throw FilterError(column: column, message: "\(word.name) takes : = < or >, not ~")
        case .matches where !isBound:
            for sign in ["<=", ">=", "<", ">", "="] where value.text.hasPrefix(sign) {
                let rest = String(value.text.dropFirst(sign.count))
                return (Comparison(rawValue: sign), rest, valueColumn + sign.count)
            }
            return (nil, value.text, valueColumn)
        case .matches, .equals:
            return (.equal, value.text, valueColumn)
        default:
            if isBound { throw FilterError(column: column, message: "\(word.name) takes :, not \(operation.rawValue)") }
            return (Comparison(rawValue: operation.rawValue), value.text, valueColumn)
        }
    }

    private func time(_ text: String, _ place: Int, future: Bool) throws(FilterError) -> Timestamp {
        if future, let duration = TimeExpression.duration(text) {
            return now.advanced(byMilliseconds: duration)
        }
        if let time = TimeExpression.time(text, now: now) { return time }
        throw FilterError(
            column: place,
            message: "\"\(text)\" is no time; write 30m, 12h, 30d, 2026-11-23, 2026-11-23T13:00 or RFC 3339"
        )
    }

    private func code(_ text: String, _ place: Int) throws(FilterError) -> Int64 {
        if let number = Int64(text), number >= 0, number <= Int64(Int32.max) { return number }
        if let known = VerificationCode(name: text.uppercased()) { return Int64(known.rawValue) }
        throw FilterError(column: place, message: "\"\(text)\" is no verify code; write 10 or CERT_HAS_EXPIRED")
    }

    private func integer(_ word: FilterWord, _ text: String, _ place: Int) throws(FilterError) -> Int64 {
        if let number = Int64(text), number >= 0 { return number }
        throw FilterError(column: place, message: "\(word.name) takes a whole number")
    }
}
