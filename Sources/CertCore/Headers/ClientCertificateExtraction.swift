/// Finds the client certificate of a request.
///
/// Never throws: whatever a request holds, the answer is a result.
///
/// - Parameters:
///   - request: The request.
///   - options: Where to look.
///   - time: When validity is judged, where the options ask for that.
public func extractClientCertificate(
    from request: ClientCertificateRequest,
    options: ExtractionOptions = .socket,
    at time: Timestamp = .now()
) -> ExtractionResult {
    ClientCertificateExtraction(request: request, options: options, time: time).result()
}

/// Finds the client certificate in header lines alone, for code that has no connection to ask.
///
/// `fallbackToSocket` has no meaning; options without a header source find nothing (`header_missing_or_malformed`).
///
/// - Parameters:
///   - headers: The header lines, repeats and all.
///   - remoteAddress: The address of the TCP peer, which options with `trustedProxies` need.
///   - options: Where to look.
///   - time: When validity is judged, where the options ask for that.
public func extractClientCertificate(
    fromHeaders headers: HeaderFields,
    remoteAddress: String? = nil,
    options: ExtractionOptions,
    at time: Timestamp = .now()
) -> ExtractionResult {
    guard options.certificateSource != nil || options.certificateHeader != nil else {
        return .failed(.headerMissingOrMalformed, source: "header")
    }
    let request = ClientCertificateRequest(headers: headers, remoteAddress: remoteAddress)
    return extractClientCertificate(from: request, options: options.withoutSocket(), at: time)
}

/// One extraction: verdict, leaf, chain, socket, validity, in this order.
private struct ClientCertificateExtraction {
    let request: ClientCertificateRequest
    let options: ExtractionOptions
    let time: Timestamp

    private var leafHeader: String? { options.certificateHeader ?? options.certificateSource?.header }

    private var source: String { options.certificateSource?.name ?? "header" }

    func result() -> ExtractionResult {
        guard let leafHeader else { return fromSocket() }
        if options.preferSocket, let socket = request.socket, socket.authorized || !socket.chain.isEmpty {
            return fromSocket()
        }
        guard isTrustedPeer else {
            return options.fallbackToSocket
                ? fromSocket() : .failed(.headerMissingOrMalformed, .untrustedProxy, source: source)
        }
        if let refusal = refusalOfVerdict() { return refusal }
        do {
            return judged(try chain(leafHeader: leafHeader), source: source)
        } catch {
            if options.fallbackToSocket { return fromSocket() }
            return .failed(.headerMissingOrMalformed, error.detail, source: source)
        }
    }

    private var isTrustedPeer: Bool {
        guard let ranges = options.trustedProxies else { return true }
        guard let address = request.remoteAddress.flatMap(IPAddress.init(parsing:)) else { return false }
        return ranges.contains { $0.contains(address) }
    }

    /// Every verdict header must come once and say, to the letter, what is expected.
    private func refusalOfVerdict() -> ExtractionResult? {
        var verdicts: [CertificateSource.Verdict] = []
        if let header = options.verifyHeader, let value = options.verifyValue {
            verdicts.append(.init(header: header, value: value, isRequired: true))
        }
        let hasOwn = !verdicts.isEmpty
        for verdict in options.certificateSource?.verdicts ?? [] {
            // An own pair stands in for the preset's header, which may bear another name here; it must still agree.
            let isRequired = options.requireProxyVerdict || (verdict.isRequired && !hasOwn)
            verdicts.append(.init(header: verdict.header, value: verdict.value, isRequired: isRequired))
        }
        for verdict in verdicts {
            switch request.headers.single(verdict.header) {
            case .ambiguous:
                return .failed(.verificationHeaderMismatch, .ambiguousHeader, source: source)
            case .absent where verdict.isRequired:
                return .failed(.verificationHeaderMismatch, source: source)
            case .value(let value) where !ASCII.same(value, verdict.value):
                return .failed(.verificationHeaderMismatch, source: source)
            case .absent, .value: break
            }
        }
        return nil
    }

    private func chain(leafHeader: String) throws(HeaderFailure) -> [ClientCertificate] {
        let encoding = options.headerEncoding ?? options.certificateSource?.encoding ?? .rfc9440
        let decoder = HeaderDecoder(
            encoding: encoding,
            maximumSize: options.maximumHeaderSize,
            element: options.xfccElement,
            allowsList: options.certificateSource?.listsChainInLeaf ?? true,
            cache: options.cache
        )
        let found: [ClientCertificate]
        switch request.headers.single(leafHeader) {
        case .absent: throw .absent
        case .ambiguous: throw .ambiguous
        case .value(let value): found = try decoder.leaf(value)
        }
        guard let chainHeader = options.chainHeader ?? options.certificateSource?.chainHeader else { return found }
        return found + (try chain(header: chainHeader, decoder: decoder, after: found.count))
    }

    /// RFC 9440 section 2.3 lets the chain come on several lines; other encodings do not.
    private func chain(
        header: String,
        decoder: HeaderDecoder,
        after count: Int
    ) throws(HeaderFailure) -> [ClientCertificate] {
        guard let lines = request.headers.lines(header) else { throw .ambiguous }
        guard lines.count <= 1 || decoder.encoding == .rfc9440 else { throw .ambiguous }
        return try decoder.chain(lines.joined(separator: ","), room: ClientCertificate.maximumChain - count)
    }

    private func fromSocket() -> ExtractionResult {
        guard let socket = request.socket, socket.authorized else {
            return .failed(.socketNotAuthorized, refused: request.socket?.chain.first, source: "socket")
        }
        guard !socket.chain.isEmpty else { return .failed(.certificateNotRetrievable, source: "socket") }
        return judged(socket.chain, source: "socket")
    }

    private func judged(_ chain: [ClientCertificate], source: String) -> ExtractionResult {
        let others = chain.dropFirst().prefix(ClientCertificate.maximumChain - 1)
        return .judged(chain[0], followedBy: Array(others), source: source, options, at: time)
    }
}
