/// The header lines of a request in the order they came, repeats and all.
public struct HeaderFields: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// One header line.
    public struct Field: Hashable, Sendable {
        /// The name in the case it was sent.
        public let name: String
        /// The value without outer white space being removed.
        public let value: String

        /// Puts a name and a value together.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What looking for a header that must stand alone finds.
    enum Single: Equatable {
        case absent
        case value(String)
        /// The header came several times, or beside a twin that differs only in `_` and `-`.
        case ambiguous
    }

    /// All lines.
    public private(set) var fields: [Field] = []

    /// Starts without lines.
    public init() {}

    /// Takes lines in order.
    public init(_ fields: some Sequence<Field>) {
        self.fields = Array(fields)
    }

    /// Takes names and values in order.
    public init(_ pairs: some Sequence<(String, String)>) {
        fields = pairs.map { Field(name: $0, value: $1) }
    }

    /// Takes names and values in order.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements)
    }

    /// Adds a line at the end.
    public mutating func append(name: String, value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// The values of all lines with a name, which is compared without regard to ASCII case.
    public subscript(name: String) -> [String] {
        fields.filter { ASCII.sameName($0.name, name, foldingUnderscores: false) }.map(\.value)
    }

    /// Looks for a header that must come once and without a twin.
    ///
    /// Servers disagree about whether `X_SSL_Cert` and `X-SSL-Cert` are one name; a client may send one through a proxy
    /// that strips only the other (CVE-2015-0219 and its successors).
    func single(_ name: String) -> Single {
        var found: Field?
        for field in fields where ASCII.sameName(field.name, name, foldingUnderscores: true) {
            if found != nil { return .ambiguous }
            found = field
        }
        guard let found, ASCII.sameName(found.name, name, foldingUnderscores: false) else { return .absent }
        return .value(found.value)
    }

    /// All values of a header that may come on several lines; nil beside a twin that differs only in `_` and `-`.
    func lines(_ name: String) -> [String]? {
        let twins = fields.filter { ASCII.sameName($0.name, name, foldingUnderscores: true) }
        let exact = twins.filter { ASCII.sameName($0.name, name, foldingUnderscores: false) }
        return exact.isEmpty || exact.count == twins.count ? exact.map(\.value) : nil
    }
}
