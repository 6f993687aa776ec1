import COpenSSL

extension X509Handle {
    /// libcrypto's long name of the signature algorithm.
    var signatureAlgorithm: String {
        withUnsafeX509 { x509 in
            let number = X509_get_signature_nid(x509)
            return OBJ_nid2ln(number).map { String(cString: $0) } ?? "unknown"
        }
    }

    /// The path length of a CA; nil when there is no limit.
    var pathLength: Int? {
        let length = withUnsafeX509 { X509_get_pathlen($0) }
        ERR_clear_error()
        return length < 0 ? nil : length
    }

    var subjectKeyIdentifier: [UInt8]? { octets(withUnsafeX509 { X509_get0_subject_key_id($0) }) }

    var authorityKeyIdentifier: [UInt8]? { octets(withUnsafeX509 { X509_get0_authority_key_id($0) }) }

    /// All extensions in order.
    var extensions: [CertificateDetails.Extension] {
        withUnsafeX509 { x509 in
            (0..<max(0, X509_get_ext_count(x509))).compactMap { index in
                X509_get_ext(x509, index).map(describe)
            }
        }
    }

    private func describe(_ item: OpaquePointer) -> CertificateDetails.Extension {
        let object = X509_EXTENSION_get_object(item)
        return CertificateDetails.Extension(
            oid: ObjectIdentifier.text(object),
            name: ObjectIdentifier.name(object),
            isCritical: X509_EXTENSION_get_critical(item) == 1,
            text: text(item, number: OBJ_obj2nid(object))
        )
    }

    private func text(_ item: OpaquePointer, number: Int32) -> String {
        // libcrypto prints names with raw commas and newlines in them; the typed list does not.
        if number == NID_subject_alt_name, case .list(let names) = subjectAlternativeNames {
            return names.map(\.text).joined(separator: ", ")
        }
        let buffer = MemoryBuffer()
        if buffer.withUnsafeBIO({ X509V3_EXT_print($0, item, 0, 0) }) == 1 { return buffer.string }
        ERR_clear_error()
        return Hexadecimal.text(octets(X509_EXTENSION_get_data(item)) ?? [])
    }

    private func octets(_ string: UnsafePointer<ASN1_OCTET_STRING>?) -> [UInt8]? {
        ERR_clear_error()
        guard let string, let data = ASN1_STRING_get0_data(string) else { return nil }
        return [UInt8](UnsafeBufferPointer(start: data, count: Int(ASN1_STRING_length(string))))
    }

    private func octets(_ string: UnsafeMutablePointer<ASN1_OCTET_STRING>?) -> [UInt8]? {
        octets(UnsafePointer(string))
    }
}
