/// The client certificate of an AWS Lambda event, as API Gateway hands it over.
public enum LambdaClientCertificate: Hashable, Sendable {
    /// The event has no `clientCert`, neither under `authentication` nor under `identity`.
    case missing
    /// The `clientCertPem` of the event's `clientCert`; nil when that is no text.
    case pem(String?)
}

/// Finds the client certificate of a Lambda event, which is the only source then.
///
/// - Parameters:
///   - event: `requestContext.authentication.clientCert` (HTTP API), else `requestContext.identity.clientCert`.
///   - options: Whether the chain is kept and validity checked; header options have no meaning here.
///   - time: When validity is judged.
public func extractClientCertificate(
    fromLambda event: LambdaClientCertificate,
    options: ExtractionOptions = .socket,
    at time: Timestamp = .now()
) -> ExtractionResult {
    guard case .pem(let text) = event else { return .failed(.lambdaEventMissingClientCert, source: "lambda") }
    guard let text, let certificate = try? ClientCertificate(pem: text) else {
        return .failed(.lambdaEventClientCertMalformed, source: "lambda")
    }
    var leaf = certificate
    leaf.accompanying = certificate.issuers
    if !options.includeChain { leaf.issuers = [] }
    guard options.checkValidity else { return .found(leaf, source: "lambda") }
    let skew = Int64(options.clockSkewSeconds) * 1000
    if time.advanced(byMilliseconds: -skew) > leaf.notAfter {
        return .failed(.certificateExpired, refused: leaf, source: "lambda")
    }
    if time.advanced(byMilliseconds: skew) < leaf.notBefore {
        return .failed(.certificateNotYetValid, refused: leaf, source: "lambda")
    }
    return .found(leaf, source: "lambda")
}
