import COpenSSL

/// A signed certificate of the demonstration.
///
/// `@unchecked Sendable`: nothing changes it after `init`; what OpenSSL caches inside is behind its own lock.
final class DemoCertificate: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Takes over the reference to a finished certificate.
    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { X509_free(pointer) }

    /// The bytes that go over the wire.
    var der: [UInt8] { Self.der(of: pointer) }

    /// Lends the certificate to a call; the pointer must not outlive it.
    func withUnsafeCertificate<Result>(_ body: (OpaquePointer) throws -> Result) rethrows -> Result {
        try body(pointer)
    }

    /// Encodes any certificate; empty when OpenSSL cannot.
    static func der(of certificate: OpaquePointer) -> [UInt8] {
        let length = i2d_X509(certificate, nil)
        guard length > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
            var position = buffer.baseAddress
            count = max(0, Int(i2d_X509(certificate, &position)))
        }
    }
}

/// What a TLS end presents: a leaf, its key and the certificates sent with it.
struct DemoIdentity: Sendable {
    let leaf: DemoCertificate
    let key: DemoKey
    var chain: [DemoCertificate]
}
