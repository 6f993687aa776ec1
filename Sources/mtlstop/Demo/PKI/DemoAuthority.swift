import COpenSSL
import Glibc

/// A certificate authority of the demonstration: its certificate, its key and what it has revoked.
struct DemoAuthority: Sendable {
    let certificate: DemoCertificate
    let key: DemoKey

    /// A self-signed root.
    init(root spec: CertificateSpec, key kind: DemoKey.Kind = .p256) throws {
        key = try DemoKey(kind)
        certificate = try CertificateForge.make(spec, key: key, issuer: nil)
    }

    /// An authority below another one.
    init(_ spec: CertificateSpec, below parent: DemoAuthority) throws {
        key = try DemoKey(.p256)
        certificate = try CertificateForge.make(spec, key: key, issuer: (parent.certificate, parent.key))
    }

    /// Issues a leaf with a new key; `chain` is what its owner will send along.
    func issue(
        _ spec: CertificateSpec,
        key kind: DemoKey.Kind = .p256,
        chain: [DemoCertificate]
    ) throws -> DemoIdentity {
        let key = try DemoKey(kind)
        let leaf = try CertificateForge.make(spec, key: key, issuer: (certificate, self.key))
        return DemoIdentity(leaf: leaf, key: key, chain: chain)
    }

    /// Signs a revocation list, valid from an hour ago for a week, and hands it to `body` (RFC 5280 section 5).
    func withUnsafeRevocationList(
        revoking certificates: [DemoCertificate],
        _ body: (OpaquePointer) throws -> Void
    ) throws {
        let list = try made(X509_CRL_new(), "make a revocation list")
        defer { X509_CRL_free(list) }
        try check(X509_CRL_set_version(list, 1), "set the list's version")
        try certificate.withUnsafeCertificate {
            try check(X509_CRL_set_issuer_name(list, X509_get_subject_name($0)), "set the list's issuer")
        }
        let now = time(nil)
        try Self.withTime(now - 3600) { try check(X509_CRL_set1_lastUpdate(list, $0), "set the list's start") }
        try Self.withTime(now + 7 * 86_400) { try check(X509_CRL_set1_nextUpdate(list, $0), "set the list's end") }
        for revoked in certificates { try Self.add(revoked, to: list, at: now - 3600) }
        try check(X509_CRL_sort(list), "sort the list")
        if key.withUnsafeKey({ X509_CRL_sign(list, $0, key.digest) }) <= 0 { throw TLSFailure.openSSL("sign the list") }
        try body(list)
    }

    private static func add(_ revoked: DemoCertificate, to list: OpaquePointer, at moment: time_t) throws {
        let entry = try made(X509_REVOKED_new(), "make a revocation")
        do {
            try revoked.withUnsafeCertificate {
                try check(X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber($0)), "set the revoked serial")
            }
            try withTime(moment) { try check(X509_REVOKED_set_revocationDate(entry, $0), "set the revocation's time") }
            try check(X509_CRL_add0_revoked(list, entry), "add the revocation")
        } catch {
            X509_REVOKED_free(entry)
            throw error
        }
    }

    private static func withTime(_ moment: time_t, _ body: (UnsafeMutablePointer<ASN1_TIME>) throws -> Void) throws {
        let time = try made(ASN1_TIME_set(nil, moment), "make a time")
        defer { ASN1_TIME_free(time) }
        try body(time)
    }
}
