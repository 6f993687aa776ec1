import COpenSSL
import Glibc

/// Builds one X.509 certificate step by step and signs it.
///
/// Names are written as UTF8String without OpenSSL's length limits, because hostile certificates do not keep them.
struct CertificateForge {
    private let certificate: OpaquePointer

    /// Makes a certificate for a key, signed by the issuer, or by itself when there is none.
    static func make(
        _ spec: CertificateSpec,
        key: DemoKey,
        issuer: (DemoCertificate, DemoKey)?
    ) throws -> DemoCertificate {
        let owner = DemoCertificate(owning: try made(X509_new(), "make a certificate"))
        try owner.withUnsafeCertificate { pointer in
            let forge = CertificateForge(certificate: pointer)
            try forge.fill(spec, key)
            if let (authority, authorityKey) = issuer {
                try authority.withUnsafeCertificate { try forge.finish(spec, issuer: $0, key: authorityKey) }
            } else {
                try forge.finish(spec, issuer: pointer, key: key)
            }
        }
        return owner
    }

    private func fill(_ spec: CertificateSpec, _ key: DemoKey) throws {
        try check(X509_set_version(certificate, 2), "set the version")
        try setSerialNumber()
        let now = time(nil)
        _ = try made(ASN1_TIME_set(X509_getm_notBefore(certificate), now + spec.validFrom), "set notBefore")
        _ = try made(ASN1_TIME_set(X509_getm_notAfter(certificate), now + spec.validUntil), "set notAfter")
        for attribute in spec.subject { try add(attribute) }
        try key.withUnsafeKey { try check(X509_set_pubkey(certificate, $0), "set the public key") }
    }

    /// Sixteen random bytes, positive.
    private func setSerialNumber() throws {
        var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        bytes[0] = bytes[0] & 0x3F | 0x40
        try check(
            ASN1_STRING_set(X509_get_serialNumber(certificate), bytes, Int32(bytes.count)),
            "set the serial number"
        )
    }

    private func add(_ attribute: CertificateSpec.Attribute) throws {
        let value = Array(attribute.value.utf8)
        let result = X509_NAME_add_entry_by_NID(
            X509_get_subject_name(certificate),
            OBJ_txt2nid(attribute.name),
            V_ASN1_UTF8STRING,
            value,
            Int32(value.count),
            -1,
            0
        )
        try check(result, "add \(attribute.name) to a subject")
    }

    private func finish(_ spec: CertificateSpec, issuer: OpaquePointer, key: DemoKey) throws {
        try check(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)), "set the issuer")
        for (nid, text) in Self.extensions(for: spec.role) { try addExtension(nid, text, issuer) }
        if !spec.names.isEmpty { try addAlternativeNames(spec.names) }
        if spec.hasUnknownCriticalExtension { try addUnknownExtension() }
        let signed = key.withUnsafeKey { X509_sign(certificate, $0, key.digest) }
        if signed <= 0 { throw TLSFailure.openSSL("sign a certificate") }
    }

    /// The extensions of RFC 5280 4.2.1 that each role carries, in OpenSSL's configuration words.
    private static func extensions(for role: CertificateSpec.Role) -> [(Int32, String)] {
        let identifiers = [(NID_subject_key_identifier, "hash"), (NID_authority_key_identifier, "keyid:always")]
        switch role {
        case .authority(let pathLength):
            let limit = pathLength.map { ",pathlen:\($0)" } ?? ""
            let marks = [
                (NID_basic_constraints, "critical,CA:TRUE" + limit), (NID_key_usage, "critical,keyCertSign,cRLSign"),
            ]
            return marks + identifiers
        case .client, .server:
            let purpose = role == .client ? "clientAuth" : "serverAuth"
            let usage = [(NID_key_usage, "critical,digitalSignature"), (NID_ext_key_usage, purpose)]
            return [(NID_basic_constraints, "critical,CA:FALSE")] + usage + identifiers
        }
    }

    private func addExtension(_ nid: Int32, _ text: String, _ issuer: OpaquePointer) throws {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
        let made = try made(X509V3_EXT_nconf_nid(nil, &context, nid, text), "make the extension \(text)")
        defer { X509_EXTENSION_free(made) }
        try check(X509_add_ext(certificate, made, -1), "add the extension \(text)")
    }

    private func addAlternativeNames(_ names: [CertificateSpec.AlternativeName]) throws {
        let list = try made(GENERAL_NAMES_new(), "make a list of names")
        defer { GENERAL_NAMES_free(list) }
        for name in names { try append(name, to: list) }
        let result = X509_add1_ext_i2d(certificate, NID_subject_alt_name, UnsafeMutableRawPointer(list), 0, 0)
        try check(result, "add the alternative names")
    }

    private func append(_ name: CertificateSpec.AlternativeName, to list: OpaquePointer) throws {
        let (type, bytes): (Int32, [UInt8]) =
            switch name {
            case .email(let text): (GEN_EMAIL, Array(text.utf8))
            case .dns(let text): (GEN_DNS, Array(text.utf8))
            case .uri(let text): (GEN_URI, Array(text.utf8))
            case .ip(let address): (GEN_IPADD, address)
            }
        let kind = type == GEN_IPADD ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING
        let value = try made(ASN1_STRING_type_new(kind), "make a name")
        guard ASN1_STRING_set(value, bytes, Int32(bytes.count)) == 1, let general = GENERAL_NAME_new() else {
            ASN1_STRING_free(value)
            throw TLSFailure.openSSL("fill a name")
        }
        GENERAL_NAME_set0_value(general, type, value)
        if COpenSSL_GENERAL_NAMES_push(list, general) <= 0 {
            GENERAL_NAME_free(general)
            throw TLSFailure.openSSL("add a name")
        }
    }

    /// An extension below 2.999, the arc that is reserved for examples.
    private func addUnknownExtension() throws {
        let object = try made(OBJ_txt2obj("2.999.7", 1), "make an object identifier")
        defer { ASN1_OBJECT_free(object) }
        let value = try made(ASN1_OCTET_STRING_new(), "make an octet string")
        defer { ASN1_OCTET_STRING_free(value) }
        try check(ASN1_OCTET_STRING_set(value, [0x05, 0x00], 2), "fill an octet string")
        let made = try made(X509_EXTENSION_create_by_OBJ(nil, object, 1, value), "make an unknown extension")
        defer { X509_EXTENSION_free(made) }
        try check(X509_add_ext(certificate, made, -1), "add an unknown extension")
    }
}
