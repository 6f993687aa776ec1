import CertCore

/// What the hooks were told.
final class HookLog: Sendable {
    /// One call of a hook.
    struct Call: Sendable {
        let text: String
        let certificate: ClientCertificate?
        let request: ClientCertificateRequest
    }

    private let stream: AsyncStream<Call>
    private let continuation: AsyncStream<Call>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    var onAuthenticated: ClientCertificateAuthenticator.AuthenticatedHook {
        { certificate, request in
            let text = "ok \(certificate.subject.commonName ?? "-") \(request.url ?? "-")"
            self.continuation.yield(Call(text: text, certificate: certificate, request: request))
        }
    }

    var onRejected: ClientCertificateAuthenticator.RejectedHook {
        { certificate, request, reason in
            let name = (certificate ?? request.socket?.chain.first)?.subject.commonName ?? "-"
            let text = "\(reason) \(name) \(request.socket?.authorizationError ?? "-")"
            self.continuation.yield(Call(text: text, certificate: certificate, request: request))
        }
    }

    /// The next call; waits for it.
    func nextCall() async -> Call? {
        var iterator = stream.makeAsyncIterator()
        return await iterator.next()
    }

    /// The next call as one line.
    func next() async -> String? { await nextCall()?.text }
}
