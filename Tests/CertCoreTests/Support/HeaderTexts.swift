@testable import CertCore

/// Writes certificates into headers as proxies do.
enum HeaderTexts {
    /// Everything but unreserved characters percent-encoded, as nginx does.
    static func percent(_ text: String, keeping kept: String = "") -> String {
        let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~\(kept)".utf8)
        return text.utf8.map { byte in
            unreserved.contains(byte)
                ? String(Unicode.Scalar(byte)) : "%" + Hexadecimal.text([byte], uppercase: true)
        }.joined()
    }

    static func base64(_ certificate: ClientCertificate) -> String {
        String(decoding: Base64.encode(certificate.der), as: UTF8.self)
    }

    static func byteSequence(_ certificate: ClientCertificate) -> String { ":\(base64(certificate)):" }

    static func xfcc(_ certificate: ClientCertificate, extra: String = "") -> String {
        "By=spiffe://td/sa/server;Hash=\(certificate.sha256.hex);Cert=\"\(percent(certificate.pem))\"\(extra)"
    }
}
