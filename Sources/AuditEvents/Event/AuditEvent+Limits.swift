extension AuditEvent {
    /// The event with every text cut to the 8 KiB a collector keeps of it.
    var limited: AuditEvent {
        var event = self
        event.service = Self.cut(service)
        event.source = Self.cut(source)
        event.reason = Self.cut(reason)
        event.request.method = Self.cut(request.method)
        event.request.url = Self.cut(request.url)
        event.request.ip = Self.cut(request.ip)
        event.request.host = Self.cut(request.host)
        event.request.userAgent = Self.cut(request.userAgent)
        event.tls.authorizationError = Self.cut(tls.authorizationError)
        event.tls.serverName = Self.cut(tls.serverName)
        return event
    }

    private static func cut(_ text: String?) -> String? {
        guard let text, text.utf8.count > LineLimits.contract.string else { return text }
        var result = text.unicodeScalars[...]
        var bytes = text.utf8.count
        // One byte more than the limit stays, so that the collector sees and marks the cut.
        while bytes > LineLimits.contract.string + 4, let last = result.popLast() { bytes -= UTF8.width(last) }
        return String(String.UnicodeScalarView(result))
    }
}
