import COpenSSL

/// Which certificate counts as the issuer of another while libcrypto builds a chain.
///
/// libcrypto goes by name and key identifier, and takes the first that fits. Two CAs may bear one name (a root with a new
/// key, two environments), and key identifiers may be absent; then only the signature tells them apart.
enum IssuerChoice {
    /// Name and key identifier decide, as libcrypto does by itself.
    case byName
    /// The issuer's key must have made the signature, too.
    case bySignature

    /// How many signatures one verification tries for that; then name and key identifier decide again.
    ///
    /// Whoever sends certificates chooses their names and keys, and could make every one fit every other.
    private static let mostSignatures = 16

    /// Runs a verification whose context asks the callback below; the context's own data in slot 0 counts what is left.
    func run<Result>(_ context: OpaquePointer?, _ body: () -> Result) -> Result {
        guard self == .bySignature else { return body() }
        var left = Self.mostSignatures
        return withUnsafeMutablePointer(to: &left) { left in
            X509_STORE_CTX_set_ex_data(context, 0, left)
            defer { X509_STORE_CTX_set_ex_data(context, 0, nil) }
            return body()
        }
    }

    /// The callback of a store; answers 1 where the third certificate may have issued the second.
    static let mayHaveIssued: @convention(c) (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> Int32 = {
        context,
        certificate,
        issuer in
        let mismatch = X509_check_issued(issuer, certificate)
        // A CA that may not sign certificates is still the issuer: the verification itself names that fault.
        guard mismatch == X509_V_OK || mismatch == X509_V_ERR_KEYUSAGE_NO_CERTSIGN else { return 0 }
        guard let left = X509_STORE_CTX_get_ex_data(context, 0)?.assumingMemoryBound(to: Int.self) else { return 1 }
        let key = X509_get0_pubkey(issuer)
        guard left.pointee > 0, !PublicKeyCost.isHigh(key) else { return 1 }
        left.pointee -= 1
        return X509_verify(certificate, key) == 1 ? 1 : 0
    }
}
