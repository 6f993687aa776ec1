import COpenSSL

extension X509Handle {
    /// An extension that holds a list: absent, unreadable, or the list.
    enum Listed<Element> {
        case absent
        case malformed
        case list([Element])
    }

    /// The first subjectAltName extension.
    var subjectAlternativeNames: Listed<SubjectAlternativeName> {
        withUnsafeX509 { x509 in
            let index = X509_get_ext_by_NID(x509, NID_subject_alt_name, -1)
            guard index >= 0 else { return .absent }
            guard let decoded = X509V3_EXT_d2i(X509_get_ext(x509, index)) else {
                ERR_clear_error()
                return .malformed
            }
            let names = OpaquePointer(decoded)
            defer { GENERAL_NAMES_free(names) }
            return .list(
                (0..<COpenSSL_GENERAL_NAMES_count(names)).compactMap { index in
                    COpenSSL_GENERAL_NAMES_at(names, index).map(GeneralNameReader.read)
                }
            )
        }
    }

    /// The OIDs of the extendedKeyUsage extension; nil when there is none, several, or an unreadable one.
    var extendedKeyUsage: [String]? {
        withUnsafeX509 { x509 in
            guard let decoded = X509_get_ext_d2i(x509, NID_ext_key_usage, nil, nil) else {
                ERR_clear_error()
                return nil
            }
            let objects = OpaquePointer(decoded)
            defer { EXTENDED_KEY_USAGE_free(objects) }
            return (0..<COpenSSL_OBJECTS_count(objects)).map { index in
                ObjectIdentifier.text(COpenSSL_OBJECTS_at(objects, index))
            }
        }
    }

    /// What `X509_check_ca` answers 1 for: basic constraints say CA, the key usage, if any, agrees, and no extension that
    /// libcrypto looks at is invalid.
    ///
    /// The function itself cannot be asked: it wants a SHA-1 digest, which the parsing context does not have.
    var isCertificateAuthority: Bool {
        let flags = withUnsafeX509 { X509_get_extension_flags($0) }
        ERR_clear_error()
        guard flags & UInt32(EXFLAG_INVALID) == 0, flags & UInt32(EXFLAG_BCONS) != 0, flags & UInt32(EXFLAG_CA) != 0
        else { return false }
        return keyUsage.map { $0.contains(.keyCertSign) } ?? true
    }

    /// The bits of the keyUsage extension; nil when there is none, several, or an unreadable one.
    var keyUsage: KeyUsage? {
        withUnsafeX509 { x509 in
            guard let decoded = X509_get_ext_d2i(x509, NID_key_usage, nil, nil) else {
                ERR_clear_error()
                return nil
            }
            let bits = decoded.assumingMemoryBound(to: ASN1_BIT_STRING.self)
            defer { ASN1_BIT_STRING_free(bits) }
            return KeyUsage(bits: (0..<9).filter { ASN1_BIT_STRING_get_bit(bits, Int32($0)) == 1 })
        }
    }

    /// The authorityInfoAccess extension: pairs of `OCSP - URI` and a location.
    var informationAccess: Listed<CommonExtensions.Access> {
        withUnsafeX509 { x509 in
            let index = X509_get_ext_by_NID(x509, NID_info_access, -1)
            guard index >= 0 else { return .absent }
            guard let decoded = X509V3_EXT_d2i(X509_get_ext(x509, index)) else {
                ERR_clear_error()
                return .malformed
            }
            let list = OpaquePointer(decoded)
            defer { AUTHORITY_INFO_ACCESS_free(list) }
            return .list(
                (0..<COpenSSL_INFO_ACCESS_count(list)).compactMap { index in
                    guard let item = COpenSSL_INFO_ACCESS_at(list, index), let location = item.pointee.location
                    else { return nil }
                    return CommonExtensions.Access(
                        method: ObjectIdentifier.name(item.pointee.method),
                        location: GeneralNameReader.read(location)
                    )
                }
            )
        }
    }
}
