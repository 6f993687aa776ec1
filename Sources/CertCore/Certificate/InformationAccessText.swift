/// The entries of Node's `infoAccess` object.
enum InformationAccessText {
    /// One entry: `OCSP - URI` and the location's value with quoting taken off again.
    ///
    /// Node cuts `METHOD - TYPE:VALUE` at the first colon.
    static func entries(method: String, location: SubjectAlternativeName) -> [(key: String, value: String)] {
        let text = method + " - " + location.text
        guard let colon = text.firstIndex(of: ":") else { return [] }
        let value = String(text[text.index(after: colon)...])
        return [(String(text[..<colon]), value.hasPrefix("\"") ? location.unquoted : value)]
    }
}

extension SubjectAlternativeName {
    /// The value as Node's `JSON.parse` gives it back after quoting.
    fileprivate var unquoted: String {
        switch self {
        case .dns(let name), .email(let name), .uri(let name): name
        case .directoryName(let name): name.directoryText
        case .otherName(_, let label?, let value?): label + ":" + value
        default: ""
        }
    }
}
