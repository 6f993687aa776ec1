import COpenSSL

/// The owner of one `EVP_PKEY` that was decoded from a SubjectPublicKeyInfo.
final class PublicKeyHandle {
    private let key: OpaquePointer

    /// Decodes a key; nil when libcrypto does not know its kind or its bytes are wrong.
    init?(publicKeyInfo: [UInt8]) {
        let decoded = publicKeyInfo.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_PUBKEY(nil, &cursor, buffer.count)
        }
        guard let decoded else {
            ERR_clear_error()
            return nil
        }
        key = decoded
    }

    deinit { EVP_PKEY_free(key) }

    /// The kind as libcrypto names it, as in `RSA`, `EC`, `ED25519`.
    var algorithm: String { EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown" }

    /// The size in bits as libcrypto counts it.
    var bits: Int { Int(EVP_PKEY_get_bits(key)) }

    /// The key encoded anew: what it was decoded from may have been written in another way.
    var publicKeyInfo: [UInt8] {
        var encoded: UnsafeMutablePointer<UInt8>?
        let count = i2d_PUBKEY(key, &encoded)
        defer { COpenSSL_free(encoded) }
        guard let encoded, count > 0 else { return [] }
        return [UInt8](UnsafeBufferPointer(start: encoded, count: Int(count)))
    }

    /// Modulus, its bits and the exponent of an RSA key (not of an RSA-PSS one).
    var rsa: PublicKeyNumbers.RSA? {
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA, let rsa = COpenSSL_rsa(key),
            let modulus = COpenSSL_rsa_modulus(rsa), let exponent = COpenSSL_rsa_exponent(rsa)
        else { return nil }
        let buffer = MemoryBuffer()
        _ = buffer.withUnsafeBIO { BN_print($0, modulus) }
        return .init(modulus: buffer.string, bits: Int(BN_num_bits(modulus)), exponent: UInt64(BN_get_word(exponent)))
    }

    /// Curve and point of an elliptic-curve key.
    var ellipticCurve: PublicKeyNumbers.EllipticCurve? {
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_EC, let ec = COpenSSL_ec(key) else { return nil }
        let size = COpenSSL_ec_point(ec, nil, 0)
        let point = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = COpenSSL_ec_point(ec, buffer.baseAddress, size)
        }
        let curve = COpenSSL_ec_curve(ec)
        return .init(
            bits: Int(COpenSSL_ec_order_bits(ec)),
            point: point,
            curve: curve == NID_undef ? nil : OBJ_nid2sn(curve).map { String(cString: $0) },
            nistCurve: curve == NID_undef ? nil : EC_curve_nid2nist(curve).map { String(cString: $0) }
        )
    }
}
