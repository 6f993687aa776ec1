public import CertCore

extension AuditReporter {
    /// The hook that reports authenticated requests; give it to a `ClientCertificateAuthenticator`.
    public var onAuthenticated: ClientCertificateAuthenticator.AuthenticatedHook {
        { certificate, request in
            self.report(AuditEvent(authenticated: certificate, request))
        }
    }

    /// The hook that reports rejected requests; give it to a `ClientCertificateAuthenticator`.
    public var onRejected: ClientCertificateAuthenticator.RejectedHook {
        { certificate, request, reason in
            self.report(AuditEvent(rejected: certificate, request, reason: reason))
        }
    }
}
