/// Authenticates requests by client certificate: extracts it, asks the application, tells the hooks.
///
/// A value without state; one may serve any number of requests at once, and several may differ by route.
public struct ClientCertificateAuthenticator: Sendable {
    /// Told of every request that was let in.
    public typealias AuthenticatedHook =
        @Sendable (_ certificate: ClientCertificate, _ request: ClientCertificateRequest) async throws -> Void

    /// Told of every request that was turned away, with the certificate if one was extracted, and the reason.
    public typealias RejectedHook =
        @Sendable (_ certificate: ClientCertificate?, _ request: ClientCertificateRequest, _ reason: String)
        async throws -> Void

    private let options: ExtractionOptions
    private let authorize: AuthorizationCallback
    private let revocations: (@Sendable () -> RevocationChecker)?
    private let onAuthenticated: AuthenticatedHook?
    private let onRejected: RejectedHook?

    /// Puts options, the application's decision and the hooks together.
    ///
    /// Hooks run in tasks of their own: they never delay an answer, and an error in one is a line on stderr.
    ///
    /// - Parameters:
    ///   - options: Where the certificate comes from.
    ///   - revocations: The revocation lists that a certificate must not be on, asked for at every request; nil when that
    ///     is not checked. A certificate without a list of its issuer passes; ``RevocationChecker/Status/isRefusal``
    ///     says what does not.
    ///   - authorize: The application's decision.
    ///   - onAuthenticated: Told of every request that was let in.
    ///   - onRejected: Told of every request that was turned away.
    public init(
        options: ExtractionOptions = .socket,
        revocations: (@Sendable () -> RevocationChecker)? = nil,
        authorize: @escaping AuthorizationCallback,
        onAuthenticated: AuthenticatedHook? = nil,
        onRejected: RejectedHook? = nil
    ) {
        self.options = options
        self.revocations = revocations
        self.authorize = authorize
        self.onAuthenticated = onAuthenticated
        self.onRejected = onRejected
    }

    /// Decides about a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - time: When validity is judged, where the options ask for that.
    public func authenticate(
        _ request: ClientCertificateRequest,
        at time: Timestamp = .now()
    ) async -> AuthenticationOutcome {
        await decide(extractClientCertificate(from: request, options: options, at: time), request, time)
    }

    /// Decides about a request whose certificate has been looked for already, as for a Lambda event.
    public func authenticate(
        _ request: ClientCertificateRequest,
        extracted: ExtractionResult,
        at time: Timestamp = .now()
    ) async -> AuthenticationOutcome {
        await decide(extracted, request, time)
    }

    private func decide(
        _ extracted: ExtractionResult,
        _ request: ClientCertificateRequest,
        _ time: Timestamp
    ) async -> AuthenticationOutcome {
        var request = request
        request.certificateSource = extracted.source
        guard extracted.success, let certificate = extracted.certificate else {
            let reason = extracted.reason ?? .certificateNotRetrievable
            // The seed's own reasons come without a certificate; ours name a certificate that was read and judged.
            let isOurs = [.certificateExpired, .certificateNotYetValid, .certificateRevoked].contains(reason)
            tellRejected(isOurs ? extracted.refused : nil, request, reason)
            return AuthenticationOutcome(
                authenticated: false,
                status: reason.status,
                message: reason.message,
                reason: reason,
                detail: extracted.detail,
                certificate: nil,
                request: request
            )
        }
        // Before the callback: whoever handles a refusal may still look at the certificate.
        request.clientCertificate = certificate
        let refusal = await refusal(of: certificate, request, time)
        if let refusal {
            tellRejected(certificate, request, refusal.reason)
        } else {
            tellAuthenticated(certificate, request)
        }
        return AuthenticationOutcome(
            authenticated: refusal == nil,
            status: refusal?.status ?? 200,
            message: refusal?.message,
            reason: refusal?.reason,
            detail: nil,
            certificate: certificate,
            request: request
        )
    }

    private struct Refusal {
        let reason: RejectionReason
        let status: Int
        let message: String

        init(_ reason: RejectionReason) {
            self.init(reason: reason, status: reason.status, message: reason.message)
        }

        init(reason: RejectionReason, status: Int, message: String) {
            self.reason = reason
            self.status = status
            self.message = message
        }
    }

    private func refusal(
        of certificate: ClientCertificate,
        _ request: ClientCertificateRequest,
        _ time: Timestamp
    ) async -> Refusal? {
        if revocations?().status(of: certificate, at: time).isRefusal == true { return Refusal(.certificateRevoked) }
        do {
            if try await authorize(certificate, request) { return nil }
            return Refusal(.callbackReturnedFalse)
        } catch let refused as CertificateRefused {
            return Refusal(refused.reason)
        } catch {
            let failure = error as? any AuthorizationFailure
            let message = failure?.message ?? String(describing: error)
            let status = failure.map { (400...599).contains($0.status) ? $0.status : 401 } ?? 401
            let reason = message.isEmpty ? RejectionReason.callbackThrew : RejectionReason(rawValue: message)
            return Refusal(reason: reason, status: status, message: message.isEmpty ? "Unauthorized" : message)
        }
    }

    private func tellAuthenticated(_ certificate: ClientCertificate, _ request: ClientCertificateRequest) {
        guard let onAuthenticated else { return }
        HookRunner.start { try await onAuthenticated(certificate, request) }
    }

    private func tellRejected(
        _ certificate: ClientCertificate?,
        _ request: ClientCertificateRequest,
        _ reason: RejectionReason
    ) {
        guard let onRejected else { return }
        HookRunner.start { try await onRejected(certificate, request, reason.rawValue) }
    }
}
