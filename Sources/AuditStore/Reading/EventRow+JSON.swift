import AuditEvents
package import CertCore
public import SafeText

extension EventRow {
    /// Writes the event as `events` and `report` print it; absent values are null.
    ///
    /// The keys and their order are a promise: keys are added, never changed.
    public func writeJSON(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", id)
        writer.member("time", time)
        writer.member("received", received)
        writeOutcome(to: &writer)
        writer.member("service", service)
        writer.member("source", source)
        writer.member("verified", verified)
        writeRequest(to: &writer)
        writeTLS(to: &writer)
        writer.key("certificate")
        if let certificate { certificate.writeJSON(to: &writer) } else { writer.null() }
        reporter.writeJSON(to: &writer)
        writer.member("firstSeen", isFirstSeen)
        writer.member("marks", marks)
        writer.endObject()
    }

    /// Writes how it ended and why.
    func writeOutcome(to writer: inout JSONWriter) {
        writer.member("outcome", outcome.name)
        writer.member("reason", reason)
        writer.member("class", rejectionClass?.rawValue)
        writer.member("code", code.map { Int64($0.rawValue) })
    }

    private func writeRequest(to writer: inout JSONWriter) {
        writer.key("request")
        writer.beginObject()
        writer.member("method", method)
        writer.member("path", path)
        writer.member("ip", ip)
        writer.member("port", port)
        writer.member("host", host)
        writer.member("userAgent", userAgent)
        writer.endObject()
    }

    private func writeTLS(to writer: inout JSONWriter) {
        writer.key("tls")
        writer.beginObject()
        writer.member("protocol", tlsProtocol)
        writer.member("cipher", cipher)
        writer.member("resumed", resumed)
        writer.member("servername", serverName)
        writer.member("authorizationError", authorizationError)
        writer.endObject()
    }
}

extension JSONWriter {
    /// Writes a key and a time in RFC 3339.
    package mutating func member(_ key: StaticString, _ time: Timestamp) {
        member(key, asciiCount: CivilTime.rfc3339Length) { time.civil.write(rfc3339: $0) }
    }
}

extension CertificateSummary {
    /// Writes the certificate as it stands in an event.
    public func writeJSON(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("sha256", sha256?.hex)
        writer.member("sha1", sha1?.hex)
        writer.member("cn", commonName)
        writer.member("subject", subject)
        writer.member("issuer", issuer)
        writer.member("serial", serial)
        writer.member("notBefore", notBefore?.rfc3339)
        writer.member("notAfter", notAfter?.rfc3339)
        writer.member("san", subjectAlternativeNames)
        writer.endObject()
    }
}

extension Reporter {
    /// Writes the member `reporter` of an event.
    func writeJSON(to writer: inout JSONWriter) {
        writer.key("reporter")
        writer.beginObject()
        writer.member("session", session)
        writer.member("producer", producer)
        writer.member("application", application)
        writer.member("pid", pid)
        writer.member("uid", uid)
        writer.member("gid", gid)
        writer.endObject()
    }
}
