public import CertCore
public import HTTPTypes

extension HeaderFields {
    /// Takes all fields in order, repeats and all, with their names as they were sent.
    public init(_ fields: HTTPFields) {
        self.init(fields.map { ($0.name.rawName, $0.value) })
    }
}

/// Finds the client certificate in header fields alone, for code that has no connection to ask.
///
/// As `extractClientCertificate(fromHeaders:remoteAddress:options:at:)` of CertCore: the options must name a header
/// source, and `fallbackToSocket` has no meaning.
public func extractClientCertificate(
    from fields: HTTPFields,
    remoteAddress: String? = nil,
    options: ExtractionOptions,
    at time: Timestamp = .now()
) -> ExtractionResult {
    extractClientCertificate(
        fromHeaders: HeaderFields(fields),
        remoteAddress: remoteAddress,
        options: options,
        at: time
    )
}
