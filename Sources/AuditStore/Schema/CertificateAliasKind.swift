/// By what else a certificate is known: the `kind` of a `cert_alias` row.
///
/// The numbers are stored and never change.
package enum CertificateAliasKind: Int64, Sendable {
    /// The SHA-1 of a DER that was seen; never one that was only claimed.
    case sha1 = 1
}
