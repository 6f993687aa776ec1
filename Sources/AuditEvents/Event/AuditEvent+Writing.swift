import CertCore
public import SafeText

extension AuditEvent {
    /// Writes the event as one line of the intake socket, full form, without the newline.
    ///
    /// - Parameters:
    ///   - writer: Where the line goes.
    ///   - sequence: The producer's number, 1…2⁶³-1, in acknowledged mode; nil in bare mode.
    public func writeLine(to writer: inout JSONWriter, sequence: UInt64? = nil) {
        writer.beginObject()
        writer.member("event", outcome.name)
        if let sequence { writer.member("seq", Int64(clamping: sequence)) }
        writer.present("time", time?.rfc3339)
        writer.present("service", service)
        writer.present("source", source)
        writer.present("reason", reason)
        writer.present("cn", certificate?.commonName)
        if let certificate { certificate.write(to: &writer) }
        if request != RequestInfo() { request.write(to: &writer) }
        if !tls.isEmpty { tls.write(to: &writer) }
        writer.endObject()
    }
}

extension CertificateClaim {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("cert")
        writer.beginObject()
        writer.present("subject", subject)
        writer.present("issuer", issuer)
        writer.present("subjectaltname", subjectAltName)
        writer.present("valid_from", validFrom)
        writer.present("valid_to", validTo)
        writer.present("fingerprint", sha1?.colonHex)
        writer.present("fingerprint256", sha256?.colonHex)
        writer.present("serialNumber", serial)
        writeChain(from: 0, to: &writer)
        writer.endObject()
    }

    /// Writes one certificate's bytes and, nested, those of its issuers.
    private func writeChain(from position: Int, to writer: inout JSONWriter) {
        guard position < chain.count else { return }
        writer.member("raw", Base64.encode(chain[position]))
        guard position + 1 < chain.count else { return }
        writer.key("issuerCertificate")
        writer.beginObject()
        writeChain(from: position + 1, to: &writer)
        writer.endObject()
    }
}

extension RequestInfo {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("req")
        writer.beginObject()
        writer.present("method", method)
        writer.present("url", url)
        writer.present("ip", ip)
        if let port { writer.member("port", port) }
        writer.present("host", host)
        writer.present("userAgent", userAgent)
        writer.endObject()
    }
}

extension TLSInfo {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("tls")
        writer.beginObject()
        if let authorized { writer.member("authorized", authorized) }
        writer.present("authorizationError", authorizationError)
        writer.present("protocol", protocolVersion)
        writer.present("cipher", cipher)
        if let resumed { writer.member("resumed", resumed) }
        writer.present("servername", serverName)
        writer.endObject()
    }
}

extension JSONWriter {
    /// Writes a member only when there is something to say.
    fileprivate mutating func present(_ key: StaticString, _ text: String?) {
        if let text { member(key, text) }
    }
}
