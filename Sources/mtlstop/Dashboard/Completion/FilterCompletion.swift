import AuditEvents
import AuditStore
import CertCore

/// What the word at the end of a filter can become: words of the language, or values that the rows hold.
struct FilterCompletion: Hashable, Sendable {
    /// One way to go on.
    struct Candidate: Hashable, Sendable {
        /// What stands in place of the typed piece.
        var text: String
        /// How many of the newest rows have the value; nil for words and fixed choices that were not counted.
        var count: Int?
    }

    /// The most candidates that are offered.
    static let most = 40

    /// The line before the typed piece.
    let stem: String
    /// The piece that is completed.
    let typed: String
    /// The ways to go on, the most frequent first.
    let candidates: [Candidate]

    /// Completes the end of a line; `rows` are those whose values are offered.
    init(_ text: String, rows: [EventRow]) {
        let term = Self.term(of: text)
        let rest = String(text.dropLast(term.count))
        guard let place = term.firstIndex(where: { ":=~".contains($0) }), let word = Self.word(term[..<place]) else {
            stem = rest
            typed = term
            candidates = Self.words(term)
            return
        }
        stem = rest + term[...place]
        typed = String(term[term.index(after: place)...])
        candidates = Self.values(of: word, typed, rows)
    }

    /// The longest text that all candidates begin with.
    var common: String {
        guard var common = candidates.first?.text else { return "" }
        for candidate in candidates { common = String(zip(common, candidate.text).prefix { $0 == $1 }.map(\.0)) }
        return common
    }

    /// The last word of a line: what stands behind the last blank or parenthesis that is not in quotes.
    private static func term(of text: String) -> String {
        var term = ""
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if !isQuoted, " ()!".contains(character) { term = "" } else { term.append(character) }
        }
        return term
    }

    private static func word(_ text: Substring) -> FilterWord? { FilterWord(rawValue: text.lowercased()) }

    private static func words(_ typed: String) -> [Candidate] {
        let words = FilterWord.allCases.map { $0.name + ":" } + ["has:note", "and ", "or ", "not "]
        return words.filter { $0.hasPrefix(typed.lowercased()) }.map { Candidate(text: $0) }
    }

    private static func values(of word: FilterWord, _ typed: String, _ rows: [EventRow]) -> [Candidate] {
        var counts: [String: Int] = [:]
        for row in rows { if let value = value(of: word, row) { counts[value, default: 0] += 1 } }
        let fixed = choices(of: word)
        let all = fixed.isEmpty ? Array(counts.keys) : fixed
        let sorted = all.sorted { (counts[$0] ?? 0, $1) > (counts[$1] ?? 0, $0) }
        let plain = typed.hasPrefix("\"") ? String(typed.dropFirst()) : typed
        return sorted.filter { $0.lowercased().hasPrefix(plain.lowercased()) }.prefix(most).map { value in
            Candidate(text: written(value), count: word == .state ? nil : counts[value] ?? 0)
        }
    }

    private static func choices(of word: FilterWord) -> [String] {
        switch word {
        case .outcome: ["rej", "ok"]
        case .rejectionClass: RejectionClass.allCases.map(\.rawValue)
        case .state: FilterWord.stateNames + ["marked", "noted"]
        default: []
        }
    }

    /// In quotes where the language needs them.
    private static func written(_ value: String) -> String {
        let isPlain = value.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "._:/@-".unicodeScalars.contains(scalar)
        }
        if isPlain, !value.isEmpty { return value }
        return "\"" + value.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
    }

    private static func value(of word: FilterWord, _ row: EventRow) -> String? {
        switch word {
        case .outcome: row.outcome == .rejected ? "rej" : "ok"
        case .reason: row.reason
        case .rejectionClass: row.rejectionClass?.rawValue
        case .commonName: row.certificate?.commonName
        case .subject: row.certificate?.subject
        case .issuer: row.certificate?.issuer
        case .serial: row.certificate?.serial
        case .fingerprint: row.certificate?.lookup
        case .ip: row.ip
        case .method: row.method
        case .path: row.path
        case .host: row.host
        case .service: row.service
        case .source: row.source
        case .session: "\(row.reporter.session)"
        default: nil
        }
    }
}
