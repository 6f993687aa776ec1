/// The name of a subject or an issuer.
public struct DistinguishedName: Hashable, Sendable {
    /// One attribute of a name.
    public struct Attribute: Hashable, Sendable {
        /// OpenSSL's short name, as in `CN` and `emailAddress`, or the dotted OID of an unknown type.
        public let name: String
        /// The value as it stands in the certificate: it may hold anything, show it only through `SafeText`.
        public let value: String

        /// Puts a type and a value together.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All attributes in the certificate's order; attributes of one RDN stand side by side.
    public let attributes: [Attribute]

    /// The text of RFC 2253, most specific first, as in `CN=svc-a,O=Example`; control characters are escaped as
    /// `\1B`, other characters are kept.
    public var rfc2253: String { text ?? RFC2253Text.text(attributes) }

    /// libcrypto's text; nil for plain attributes, one an RDN, whose text is made when somebody asks.
    private let text: String?

    /// The text with control characters as they are; nil when there are none.
    private let controlsKept: String?

    /// Whether all attributes are strings; otherwise ``attributes`` is empty, so that no list matches half a name.
    let isReadable: Bool

    init(attributes: [Attribute], rfc2253: String, controlsKept: String? = nil, isReadable: Bool = true) {
        self.attributes = attributes
        text = rfc2253
        self.controlsKept = controlsKept
        self.isReadable = isReadable
    }

    /// A name of single attributes of known types without control characters.
    init(plain attributes: [Attribute]) {
        self.attributes = attributes
        text = nil
        controlsKept = nil
        isReadable = true
    }

    static let empty = DistinguishedName(attributes: [], rfc2253: "")

    /// What Node writes after `DirName:` before quoting.
    var directoryText: String { controlsKept ?? rfc2253 }

    /// All values of an attribute, in the certificate's order.
    public subscript(name: String) -> [String] {
        attributes.filter { $0.name == name }.map(\.value)
    }

    /// The first common name.
    public var commonName: String? { attributes.first { $0.name == "CN" }?.value }

    /// Whether the name has no attributes.
    public var isEmpty: Bool { attributes.isEmpty && isReadable }

    /// Whether both have the same attributes in the same RDNs.
    public static func == (left: DistinguishedName, right: DistinguishedName) -> Bool {
        left.attributes == right.attributes && left.isReadable == right.isReadable
            && ((left.text == nil && right.text == nil) || left.rfc2253 == right.rfc2253)
    }

    /// Hashes the attributes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(attributes)
    }
}
