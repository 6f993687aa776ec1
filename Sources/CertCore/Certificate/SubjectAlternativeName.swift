/// One of the further names of a certificate (RFC 5280 section 4.2.1.6).
public enum SubjectAlternativeName: Hashable, Sendable {
    /// A DNS name; bytes beyond ASCII are the scalars U+0080 to U+00FF.
    case dns(String)
    /// An e-mail address.
    case email(String)
    /// A URI, as in `spiffe://example.org/ns/prod`.
    case uri(String)
    /// An address: four bytes, sixteen, or a wrong number.
    case ip([UInt8])
    /// A distinguished name.
    case directoryName(DistinguishedName)
    /// A dotted OID.
    case registeredID(String)
    /// A name of another kind; label and value are known for UPN, SmtpUTF8Mailbox, XmppAddr, SRVName and NAIRealm.
    case otherName(oid: String, label: String?, value: String?)
    /// An X.400 address, which nobody reads.
    case x400
    /// An EDI party name, which nobody reads.
    case ediParty

    /// The name as Node writes it in `subjectaltname`, as in `DNS:a.example`, `IP Address:10.0.0.1`.
    ///
    /// A value that could be mistaken for several is a JSON string with its commas escaped (CVE-2021-44532).
    public var text: String {
        switch self {
        case .dns(let name): "DNS:" + NodeQuoting.text(name)
        case .email(let name): "email:" + NodeQuoting.text(name)
        case .uri(let name): "URI:" + NodeQuoting.text(name)
        case .ip(let bytes): "IP Address:" + Self.address(bytes)
        case .directoryName(let name): "DirName:" + NodeQuoting.text(name.directoryText, unicode: true)
        case .registeredID(let oid): "Registered ID:" + oid
        case .otherName(_, let label?, let value?):
            "othername:" + NodeQuoting.text(value, unicode: label != "SRVName", prefix: label)
        case .otherName: "othername:<unsupported>"
        case .x400: "X400Name:<unsupported>"
        case .ediParty: "EdiPartyName:<unsupported>"
        }
    }

    /// The type as Node writes it before the colon.
    public var type: String {
        switch self {
        case .dns: "DNS"
        case .email: "email"
        case .uri: "URI"
        case .ip: "IP Address"
        case .directoryName: "DirName"
        case .registeredID: "Registered ID"
        case .otherName: "othername"
        case .x400: "X400Name"
        case .ediParty: "EdiPartyName"
        }
    }

    /// IPv4 dotted; IPv6 in upper-case hexadecimal without compression.
    private static func address(_ bytes: [UInt8]) -> String {
        switch bytes.count {
        case 4: bytes.map { String($0) }.joined(separator: ".")
        case 16:
            stride(from: 0, to: 16, by: 2)
                .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16, uppercase: true) }
                .joined(separator: ":")
        default: "<invalid length=\(bytes.count)>"
        }
    }
}
