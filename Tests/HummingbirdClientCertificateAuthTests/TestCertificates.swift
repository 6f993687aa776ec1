import CertCore
import Foundation
import NIOSSL
import Testing

/// Certificates of a real authority, made anew for every test by the script of the Node example.
final class TestCertificates: Sendable {
    let folder: String

    init() throws {
        folder = "/tmp/mtlstop-certificates-\(UInt64.random(in: 0...UInt64.max))"
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [root.appendingPathComponent("integrations/node/make-certificates.sh").path, folder]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "make-certificates.sh needs openssl: apt-get install openssl")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func pem(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(name).pem", encoding: .utf8)
    }

    func certificate(_ name: String) throws -> ClientCertificate {
        try ClientCertificate(pem: try pem(name))
    }

    private func identity(_ name: String) throws -> ([NIOSSLCertificateSource], NIOSSLPrivateKeySource) {
        let chain = try NIOSSLCertificate.fromPEMFile("\(folder)/\(name).pem")
        let key = try NIOSSLPrivateKey(file: "\(folder)/\(name).key", format: .pem)
        return (chain.map { .certificate($0) }, .privateKey(key))
    }

    /// A server that asks for client certificates and trusts the authority.
    func server() throws -> TLSConfiguration {
        let (chain, key) = try identity("server")
        var tls = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: key)
        tls.trustRoots = .file("\(folder)/ca.pem")
        tls.certificateVerification = .optionalVerification
        return tls
    }

    /// A client with a certificate, or without one.
    func client(_ name: String?) throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file("\(folder)/ca.pem")
        if let name {
            let (chain, key) = try identity(name)
            tls.certificateChain = chain
            tls.privateKey = key
        }
        return tls
    }
}
