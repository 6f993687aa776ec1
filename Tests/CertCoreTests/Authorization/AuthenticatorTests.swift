import CertCore
import Glibc
import Synchronization
import Testing

@Suite("Authentication of a request")
struct AuthenticatorTests {
    let leaf: ClientCertificate
    let good: ClientCertificateRequest

    init() throws {
        leaf = try Fixtures.chain("good")
        good = ClientCertificateRequest(socket: SocketIdentity(authorized: true, chain: [leaf]))
    }

    @Test("Only true lets a request in")
    func onlyTrue() async {
        let yes = await ClientCertificateAuthenticator { _, _ in true }.authenticate(good)
        #expect(yes.authenticated && yes.status == 200 && yes.message == nil && yes.reason == nil)
        #expect(yes.request.clientCertificate == leaf)
        let no = await ClientCertificateAuthenticator { _, _ in false }.authenticate(good)
        #expect(!no.authenticated && no.status == 401 && no.message == "Unauthorized")
        #expect(no.reason == .callbackReturnedFalse && no.certificate == leaf)
    }

    @Test("The certificate is there before the callback runs, and still when it says no")
    func certificateBeforeCallback() async {
        let outcome = await ClientCertificateAuthenticator { certificate, request in
            request.clientCertificate != certificate
        }.authenticate(good)
        #expect(!outcome.authenticated && outcome.request.clientCertificate == leaf)
    }

    @Test("A thrown error names status and message")
    func thrownErrors() async {
        struct Silent: Error, CustomStringConvertible { let description = "" }
        struct Plain: Error, CustomStringConvertible { let description = "Certificate has been revoked" }
        let cases: [(any Error, Int, String, String)] = [
            (AuthorizationDenied("Access forbidden", status: 403), 403, "Access forbidden", "Access forbidden"),
            (AuthorizationDenied("not in allowlist"), 401, "not in allowlist", "not in allowlist"),
            (AuthorizationDenied("odd", status: 200), 401, "odd", "odd"),
            (Plain(), 401, "Certificate has been revoked", "Certificate has been revoked"),
            (Silent(), 401, "Unauthorized", "callback_threw"),
        ]
        for (error, status, message, reason) in cases {
            let outcome = await ClientCertificateAuthenticator { _, _ in throw error }.authenticate(good)
            #expect(outcome.status == status && outcome.message == message && outcome.reason?.rawValue == reason)
            #expect(!outcome.authenticated && outcome.certificate == leaf)
        }
    }

    @Test("Each refusal answers with a sentence of its own that shows nothing of the request")
    func refusals() async throws {
        let authenticator = ClientCertificateAuthenticator { _, _ in true }
        let none = await authenticator.authenticate(ClientCertificateRequest())
        #expect(none.status == 401 && none.message == "Unauthorized: Client certificate required")
        #expect(none.request.clientCertificate == nil && none.certificate == nil)
        let refused = SocketIdentity(authorized: false, authorizationError: "CERT_UNTRUSTED", chain: [leaf])
        let untrusted = await authenticator.authenticate(ClientCertificateRequest(socket: refused))
        #expect(untrusted.message == "Unauthorized: Client certificate required")
        let unreadable = await authenticator.authenticate(
            ClientCertificateRequest(socket: SocketIdentity(authorized: true))
        )
        #expect(unreadable.status == 500)
        #expect(
            unreadable.message
                == "Client certificate was authenticated but certificate information could not be retrieved."
        )
        let options = try ExtractionOptions(certificateSource: .nginx)
        let proxied = ClientCertificateAuthenticator(options: options) { _, _ in true }
        let unverified = await proxied.authenticate(
            ClientCertificateRequest(headers: ["x-ssl-client-verify": "FAILED:certificate has expired"])
        )
        #expect(unverified.message == "Unauthorized: Certificate verification failed")
        let missing = await proxied.authenticate(ClientCertificateRequest(headers: ["x-ssl-client-verify": "SUCCESS"]))
        #expect(missing.message == "Unauthorized: Client certificate header missing or malformed")
    }

    @Test("Hooks run beside the request, with the certificate where one was extracted", .timeLimit(.minutes(1)))
    func hooks() async {
        let (stream, continuation) = AsyncStream<String>.makeStream()
        let authenticator = ClientCertificateAuthenticator(
            authorize: { certificate, request in request.method == "GET" },
            onAuthenticated: { certificate, _ in continuation.yield("in \(certificate.subject.commonName ?? "-")") },
            onRejected: { certificate, _, reason in continuation.yield("out \(certificate != nil) \(reason)") }
        )
        var told = stream.makeAsyncIterator()
        var request = good
        request.method = "GET"
        _ = await authenticator.authenticate(request)
        #expect(await told.next() == "in svc-a")
        _ = await authenticator.authenticate(good)
        #expect(await told.next() == "out true callback_returned_false")
        _ = await authenticator.authenticate(ClientCertificateRequest())
        #expect(await told.next() == "out false socket_not_authorized")
        let refused = SocketIdentity(authorized: false, chain: [leaf])
        _ = await authenticator.authenticate(ClientCertificateRequest(socket: refused))
        #expect(await told.next() == "out false socket_not_authorized")
    }

    @Test("What a hook throws is one line on standard error, and nothing in it reaches the terminal raw")
    func hookErrorLine() async throws {
        struct Broken: Error, CustomStringConvertible { let description = "full \u{1b}[2J\nof \u{202e}tricks" }
        let folder = try TestFolder()
        let path = try folder.write("", to: "errors")
        let (kept, file) = (dup(STDERR_FILENO), open(path, O_WRONLY | O_APPEND))
        dup2(file, STDERR_FILENO)
        defer {
            dup2(kept, STDERR_FILENO)
            close(kept)
            close(file)
        }
        let refusing = ClientCertificateAuthenticator(
            authorize: { _, _ in false },
            onRejected: { _, _, _ in throw Broken() }
        )
        #expect(await refusing.authenticate(good).reason == .callbackReturnedFalse)
        let deadline = ContinuousClock.now + .seconds(20)
        var text = ""
        while !text.contains("hook error"), ContinuousClock.now < deadline {
            await Task.yield()
            text = try folder.text("errors")
        }
        #expect(text.contains("client-certificate-auth: hook error: full \\e[2J\\nof \\u{202e}tricks\n"), "\(text)")
    }

    @Test("An error or a delay in a hook changes nothing for the request", .timeLimit(.minutes(1)))
    func hookErrors() async {
        struct Broken: Error {}
        let (release, releaser) = AsyncStream<Void>.makeStream()
        let authenticator = ClientCertificateAuthenticator(
            authorize: { _, _ in true },
            onAuthenticated: { _, _ in
                for await _ in release { break }
                throw Broken()
            }
        )
        let outcome = await authenticator.authenticate(good)
        #expect(outcome.authenticated)
        releaser.finish()
    }
}
