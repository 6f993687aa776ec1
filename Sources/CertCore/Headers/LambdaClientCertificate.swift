/// The client certificate of an AWS Lambda event, as API Gateway or a load balancer hands it over.
public enum LambdaClientCertificate: Hashable, Sendable {
    /// The event has no `clientCert`, neither under `authentication` nor under `identity`.
    case missing
    /// The `clientCertPem` of the event's `clientCert`; nil when that is no text.
    case pem(String?)
    /// The header lines of an event that an Application Load Balancer made (`requestContext.elb` is there).
    case loadBalancer(HeaderFields)

    /// Takes what API Gateway puts into an event.
    ///
    /// - Parameters:
    ///   - authentication: `requestContext.authentication.clientCert.clientCertPem` (HTTP API, payload 2.0); it wins.
    ///   - identity: `requestContext.identity.clientCert.clientCertPem` (REST API, HTTP API with payload 1.0).
    public init(authentication: String?, identity: String?) {
        if let text = authentication ?? identity { self = .pem(text) } else { self = .missing }
    }
}

/// Finds the client certificate of a Lambda event, which is the only source then.
///
/// - Parameters:
///   - event: `requestContext.authentication.clientCert` (HTTP API), else `requestContext.identity.clientCert`; or the
///     headers of a load balancer's event.
///   - options: Whether the chain is kept and validity checked. Header options count for a load balancer's event only;
///     without a header source that is read as the preset `aws-alb` says.
///   - time: When validity is judged.
public func extractClientCertificate(
    fromLambda event: LambdaClientCertificate,
    options: ExtractionOptions = .socket,
    at time: Timestamp = .now()
) -> ExtractionResult {
    if case .loadBalancer(let headers) = event {
        let hasSource = options.certificateSource != nil || options.certificateHeader != nil
        let chosen = hasSource ? options : ExtractionOptions.loadBalancer(like: options)
        return extractClientCertificate(fromHeaders: headers, options: chosen, at: time)
    }
    guard case .pem(let text) = event else { return .failed(.lambdaEventMissingClientCert, source: "lambda") }
    guard let text, let certificate = try? ClientCertificate(pem: text) else {
        return .failed(.lambdaEventClientCertMalformed, source: "lambda")
    }
    return .judged(certificate, followedBy: certificate.issuers, source: "lambda", options, at: time)
}
