import CertCore

/// One input: the first byte says what the others are.
struct FuzzInput {
    private let kind: Int
    private let rest: [UInt8]

    /// Takes what libFuzzer made; not empty.
    init(bytes: [UInt8]) {
        kind = Int(bytes[0]) % (HeaderEncoding.allCases.count + 2)
        rest = Array(bytes.dropFirst())
    }

    /// Traps when a promise is broken.
    func check() {
        switch kind {
        case 0: checkCertificate()
        case 1: checkPEM()
        default: checkHeader(HeaderEncoding.allCases[kind - 2])
        }
    }

    /// Result or named error; small and harmless text about it.
    private func checkCertificate() {
        guard let certificate = try? ClientCertificate(der: rest) else { return }
        precondition(certificate.der == rest)
        let text = certificate.peerCertificateJSON()
        precondition(text.utf8.count <= 16 * rest.count + 2048 && !text.utf8.contains { $0 < 0x20 || $0 == 0x7F })
        _ = try? certificate.details()
    }

    private func checkPEM() {
        let text = String(decoding: rest, as: UTF8.self)
        guard let found = try? ClientCertificate.chain(pem: text) else { return }
        let size = found.reduce(0) { $0 + $1.der.count }
        precondition(!found.isEmpty && found.count <= ClientCertificate.maximumChain && size <= text.utf8.count)
    }

    private static let cache = CertificateCache(maximumMemory: 1 << 20)

    /// The same with a cache and without; no more out than in; a certificate or a reason.
    private func checkHeader(_ encoding: HeaderEncoding) {
        let value = String(decoding: rest, as: UTF8.self)
        let request = ClientCertificateRequest(headers: ["X-Cert": value])
        guard let plain = Self.options(encoding, cache: nil), let cached = Self.options(encoding, cache: Self.cache)
        else { preconditionFailure("the options are a mistake") }
        let result = extractClientCertificate(from: request, options: plain)
        let again = extractClientCertificate(from: request, options: cached)
        precondition(result.certificate == again.certificate && result.detail == again.detail)
        guard let found = result.certificate else {
            precondition(result.reason == .headerMissingOrMalformed)
            return
        }
        precondition(found.issuers.reduce(found.der.count) { $0 + $1.der.count } <= value.utf8.count)
    }

    private static func options(_ encoding: HeaderEncoding, cache: CertificateCache?) -> ExtractionOptions? {
        try? ExtractionOptions(
            certificateHeader: "x-cert",
            headerEncoding: encoding,
            includeChain: true,
            cache: cache
        )
    }
}
