import CertCore
import Foundation
import Testing

/// The proxies whose configurations are in `integrations/`, run by `scripts/test --proxies`.
enum Proxy: String, CaseIterable, CustomTestStringConvertible {
    case nginx, haproxy, apache, envoy, traefik, caddy

    /// The folder with the programs, which `scripts/install-proxies` prints; nil when the proxies are not to be run.
    static let programs = ProcessInfo.processInfo.environment["MTLSTOP_PROXIES"]

    var testDescription: String { rawValue }

    /// The preset of CertCore that reads what the configuration forwards.
    var source: CertificateSource {
        switch self {
        case .nginx: .nginx
        case .haproxy: .haproxy
        case .apache: .apache
        case .envoy: .envoy
        case .traefik: .traefik
        case .caddy: .caddy
        }
    }

    /// The program in the folder of `programs`.
    var program: String { self == .apache ? "apache2" : rawValue }

    /// The configuration that decides about certificates.
    var configuration: String {
        switch self {
        case .nginx, .apache: "mtlstop.conf"
        case .haproxy: "haproxy.cfg"
        case .envoy: "envoy.yaml"
        case .traefik: "dynamic.yml"
        case .caddy: "Caddyfile"
        }
    }

    /// The arguments that run it in the foreground on the configuration in a folder.
    func arguments(_ folder: String) -> [String] {
        switch self {
        case .nginx: ["-p", folder, "-c", "try.conf"]
        case .haproxy: ["-db", "-f", "\(folder)/haproxy.cfg"]
        case .apache: ["-d", folder, "-f", "\(folder)/try.conf", "-X"]
        case .envoy:
            [
                "-c", "\(folder)/envoy.yaml", "--use-dynamic-base-id", "--concurrency", "1", "--log-level", "warn",
                "--file-flush-interval-msec", "100",
            ]
        case .traefik: ["--configFile=\(folder)/traefik.yml"]
        case .caddy: ["run", "--adapter", "caddyfile", "--config", "\(folder)/Caddyfile"]
        }
    }

    /// How the proxy tells the collector: the collector's options in a folder.
    func intake(_ folder: String) -> [String] {
        switch self {
        case .nginx: ["--syslog-socket", "\(folder)/syslog.sock"]
        case .haproxy: []
        case .envoy, .caddy, .apache: ["--follow", "\(folder)/mtls.json"]
        case .traefik: ["--follow", "\(folder)/mtls.json", "--follow", "\(folder)/traefik.json"]
        }
    }

    /// The headers with which a client would pretend to have a certificate.
    func forgery(of certificate: ClientCertificate) -> [(name: String, value: String)] {
        let base64 = Data(certificate.der).base64EncodedString()
        let escaped = certificate.pem.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        switch self {
        case .nginx: return [("X-SSL-Client-Cert", escaped), ("X-SSL-Client-Verify", "SUCCESS")]
        case .haproxy:
            return [("X-SSL-Client-DER", base64), ("X-SSL-Client-Verify", "0"), ("X-SSL-Client-Used", "1")]
        case .apache:
            let line = certificate.pem.replacing("\n", with: " ")
            return [("X-SSL-Client-Cert", line), ("X-SSL-Client-Verify", "SUCCESS")]
        case .envoy:
            return [("X-Forwarded-Client-Cert", "Hash=\(certificate.sha256.hex);Cert=\"\(escaped)\"")]
        case .traefik: return [("X-Forwarded-Tls-Client-Cert", base64)]
        case .caddy: return [("X-SSL-Client-DER", base64)]
        }
    }
}
