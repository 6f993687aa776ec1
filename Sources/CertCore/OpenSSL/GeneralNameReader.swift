import COpenSSL

/// Reads one GeneralName (RFC 5280 section 4.2.1.6) into a value.
enum GeneralNameReader {
    static func read(_ name: UnsafeMutablePointer<GENERAL_NAME>) -> SubjectAlternativeName {
        switch name.pointee.type {
        case GEN_DNS: .dns(latin1(COpenSSL_GENERAL_NAME_string(name)))
        case GEN_EMAIL: .email(latin1(COpenSSL_GENERAL_NAME_string(name)))
        case GEN_URI: .uri(latin1(COpenSSL_GENERAL_NAME_string(name)))
        case GEN_IPADD: .ip(bytes(COpenSSL_GENERAL_NAME_string(name)))
        case GEN_RID: .registeredID(ObjectIdentifier.text(COpenSSL_GENERAL_NAME_object(name)))
        case GEN_DIRNAME: .directoryName(NameReader.read(COpenSSL_GENERAL_NAME_directory(name)))
        case GEN_OTHERNAME: otherName(name)
        case GEN_X400: .x400
        default: .ediParty
        }
    }

    private static let labels: [Int32: (label: String, type: Int32)] = [
        NID_id_on_SmtpUTF8Mailbox: ("SmtpUTF8Mailbox", V_ASN1_UTF8STRING),
        NID_XmppAddr: ("XmppAddr", V_ASN1_UTF8STRING),
        NID_SRVName: ("SRVName", V_ASN1_IA5STRING),
        NID_ms_upn: ("UPN", V_ASN1_UTF8STRING),
        NID_NAIRealm: ("NAIRealm", V_ASN1_UTF8STRING),
    ]

    /// Node prints the five kinds that libcrypto knows, each only in its own string type.
    private static func otherName(_ name: UnsafeMutablePointer<GENERAL_NAME>) -> SubjectAlternativeName {
        let type = COpenSSL_OTHERNAME_type(name)
        let identifier = ObjectIdentifier.text(type)
        guard let known = labels[OBJ_obj2nid(type)], known.type == COpenSSL_OTHERNAME_value_type(name) else {
            return .otherName(oid: identifier, label: nil, value: nil)
        }
        let string = COpenSSL_OTHERNAME_string(name)
        let value =
            known.type == V_ASN1_UTF8STRING ? String(decoding: bytes(string), as: UTF8.self) : latin1(string)
        return .otherName(oid: identifier, label: known.label, value: value)
    }

    private static func bytes(_ string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
        guard let string, let data = ASN1_STRING_get0_data(string) else { return [] }
        return [UInt8](UnsafeBufferPointer(start: data, count: Int(ASN1_STRING_length(string))))
    }

    /// IA5 strings as Node views them: each byte is one of the first 256 scalars.
    private static func latin1(_ string: UnsafePointer<ASN1_STRING>?) -> String {
        let bytes = bytes(string)
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: bytes.map { Unicode.Scalar($0) })
        return String(result)
    }
}
