import CertCore
import Foundation
import Testing

@testable import mtlstop

/// One proxy of `integrations/` with mutual TLS on a free port of loopback, an application behind it, and clients.
///
/// Everything lives in a folder of its own and ends with the lab.
final class ProxyLab {
    /// What a client saw.
    struct Answer {
        /// The HTTP status; 0 when there was no answer, because the handshake failed.
        let status: Int
        let body: String
    }

    let proxy: Proxy
    let folder: TestFolder
    let application: ProxiedApplication
    private let port: Int
    private var child: ChildProcess?
    private var requests = 0

    /// Makes certificates and configuration; `change` may alter the configuration, and each text it replaces must be there.
    init(_ proxy: Proxy, changing changes: [String: String] = [:]) throws {
        self.proxy = proxy
        folder = try TestFolder()
        application = try ProxiedApplication(source: proxy.source)
        port = try Loopback.freePort()
        let arguments = [proxy.rawValue, folder.path, String(port), String(application.port)]
        try run("\(TutorialPage.repository)/integrations/try", arguments, label: "try")
        var text = folder.text(of: proxy.configuration)
        for (old, new) in changes {
            try #require(text.contains(old), "\(proxy.configuration) has no \(old)")
            text = text.replacing(old, with: new)
        }
        _ = try folder.write(Array(text.utf8), to: proxy.configuration)
    }

    deinit {
        child?.signal(SIGTERM)
        _ = try? child?.wait(atMost: .seconds(20))
    }

    /// Starts the proxy and returns when a request with a good certificate reaches the application.
    func start() throws {
        let programs = try #require(Proxy.programs)
        let child = try ChildProcess(
            proxy.arguments(folder.path),
            in: folder,
            label: proxy.rawValue,
            environment: ["HOME": folder.path],
            program: "\(programs)/\(proxy.program)"
        )
        self.child = child
        let deadline = ContinuousClock.now + .seconds(60)
        while application.requests(for: "/ready").isEmpty {
            let ended = child.ended() != nil || ContinuousClock.now > deadline
            try #require(
                !ended,
                "\(proxy) did not start: \(child.errors) \(child.output) \(folder.text(of: "error.log"))"
            )
            _ = try get("/ready", as: "good")
        }
    }

    /// Ends the proxy, so that what it still holds is written.
    func stop() throws {
        child?.signal(SIGTERM)
        _ = try child?.wait(atMost: .seconds(30))
        child = nil
    }

    /// The certificate of a client.
    func certificate(_ name: String) throws -> ClientCertificate {
        try ClientCertificate(pem: folder.text(of: "tls/\(name).pem"))
    }

    /// One request over a connection of its own, with the certificate of a client or without one.
    func get(_ target: String, as client: String?, headers: [String] = [], options: [String] = []) throws -> Answer {
        var arguments = ["--silent", "--http1.1", "--max-time", "30", "--cacert", folder["tls/ca.pem"]]
        arguments += ["--connect-to", "localhost:\(port):127.0.0.1:\(port)", "-w", "\n%{http_code}", "-A", "test/1"]
        if let client { arguments += ["--cert", folder["tls/\(client).pem"], "--key", folder["tls/\(client).key"]] }
        arguments += headers.flatMap { ["-H", $0] } + options
        requests += 1
        let curl = try ChildProcess(
            arguments + ["https://localhost:\(port)\(target)"],
            in: folder,
            label: "curl",
            program: "/usr/bin/curl"
        )
        _ = try curl.wait()
        let parts = curl.output.split(separator: "\n", omittingEmptySubsequences: false)
        return Answer(status: parts.last.flatMap { Int($0) } ?? 0, body: parts.dropLast().joined(separator: "\n"))
    }

    /// Runs a program to its end; fails the test with its words when it fails.
    private func run(_ program: String, _ arguments: [String], label: String) throws {
        let child = try ChildProcess(arguments, in: folder, label: label, program: program)
        let code = try child.wait()
        try #require(code == 0, "\(label): \(child.errors)")
    }
}
