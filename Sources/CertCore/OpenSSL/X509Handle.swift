import COpenSSL

/// The owner of one `X509` of libcrypto.
///
/// Confined to the function that made it; it is not `Sendable`, values are copied out of it.
final class X509Handle {
    private let x509: OpaquePointer

    /// Decodes one certificate that fills the bytes exactly.
    ///
    /// - Parameter decodingKeys: Whether the public key can be used (verification); parsing alone is nine times
    ///   faster without.
    init(der: [UInt8], decodingKeys: Bool = false) throws(CertificateError) {
        let (result, used) = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            var decoded =
                decodingKeys ? X509_new() : LibraryContext.parsing.withUnsafeContext { X509_new_ex($0, nil) }
            let result = d2i_X509(&decoded, &cursor, buffer.count)
            let used = buffer.baseAddress.flatMap { start in cursor.map { $0 - start } } ?? 0
            return (result, used)
        }
        guard let result else {
            ERR_clear_error()
            throw CertificateError(.malformed, "the bytes are no certificate in DER")
        }
        x509 = result
        guard used == der.count else {
            throw CertificateError.trailing(der.count - used, after: "certificate")
        }
    }

    deinit { X509_free(x509) }

    /// Lends the certificate.
    func withUnsafeX509<Result>(_ body: (OpaquePointer) -> Result) -> Result { body(x509) }

    /// Whether encoding the certificate again gives the same bytes, that is, whether its frame is DER and not BER.
    ///
    /// The signature does not cover the frame: without this check one certificate could be written in many ways, each
    /// with a fingerprint of its own.
    func isEncoded(exactlyAs der: [UInt8]) -> Bool {
        var encoded: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509(x509, &encoded)
        defer { COpenSSL_free(encoded) }
        guard let encoded, count == der.count else { return false }
        return UnsafeBufferPointer(start: encoded, count: Int(count)).elementsEqual(der)
    }

    /// The version as people count: 1 to 3.
    var version: Int { X509_get_version(x509) + 1 }

    /// The serial number as Node writes it: upper-case hexadecimal digits of even number, `0`, `-05`.
    var serialNumber: String {
        guard let serial = X509_get0_serialNumber(x509), let number = ASN1_INTEGER_to_BN(serial, nil) else { return "" }
        defer { BN_free(number) }
        guard let text = BN_bn2hex(number) else { return "" }
        defer { COpenSSL_free(text) }
        return String(cString: text)
    }

    var subject: DistinguishedName { NameReader.read(X509_get_subject_name(x509)) }

    var issuer: DistinguishedName { NameReader.read(X509_get_issuer_name(x509)) }

    var notBefore: ValidityTime { ValidityTime(X509_get0_notBefore(x509)) }

    var notAfter: ValidityTime { ValidityTime(X509_get0_notAfter(x509)) }

    /// The SubjectPublicKeyInfo in DER.
    var publicKeyInfo: [UInt8] {
        var encoded: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), &encoded)
        defer { COpenSSL_free(encoded) }
        guard let encoded, count > 0 else { return [] }
        return [UInt8](UnsafeBufferPointer(start: encoded, count: Int(count)))
    }
}
