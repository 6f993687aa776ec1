import AuditEvents
import CertCore
package import SafeText

/// Writes many events as JSON, each as ``EventRow/writeJSON(to:)`` does, with the parts they share written once.
package struct EventJSON {
    /// What a context looks like in an event: the pieces between what differs.
    private struct Pieces {
        // Kept so that no other context gets its address, which is the key.
        var context: EventContext
        var service: [UInt8]
        var method: [UInt8]
        var host: [UInt8]
        var tls: [UInt8]
        var reporter: [UInt8]
    }

    /// How many bytes of certificates are kept: about half a KB each.
    private static let certificateRoom = 8 << 20
    /// How many contexts are kept: 1 KB each.
    private static let mostContexts = 4096

    private var certificates = FragmentPool(room: certificateRoom)
    private var times = TimeText()
    private var arrivals = TimeText()
    private var contexts: [ObjectIdentifier: Pieces] = [:]
    private let accepted = Array(#""outcome":"authenticated","reason":null,"class":null,"code":null"#.utf8)

    package init() {}

    /// Writes an event.
    package mutating func write(_ event: EventRow, to writer: inout JSONWriter) {
        let pieces = contexts[ObjectIdentifier(event.context)] ?? render(event.context)
        writer.appendBetween(#"{"id":"#)
        writer.value(event.id)
        writer.appendBetween(#","time":""#)
        writer.appendReady(times.bytes(of: event.time))
        writer.appendBetween(#"","received":""#)
        writer.appendReady(arrivals.bytes(of: event.received))
        writer.appendBetween("\"")
        writeOutcome(event, to: &writer)
        writer.raw(pieces.service)
        writer.member("verified", event.verified)
        writer.raw(pieces.method)
        writer.appendBetween(#","path":"#)
        writer.value(event.path)
        writer.appendBetween(#","ip":"#)
        writer.value(event.ip)
        writer.appendBetween(#","port":"#)
        writer.value(event.port)
        writer.raw(pieces.host)
        writer.raw(pieces.tls)
        writer.member("authorizationError", event.authorizationError)
        writer.appendBetween(#"},"certificate":"#)
        if let certificate = event.certificate {
            write(certificate, to: &writer)
        } else {
            writer.null()
        }
        writer.raw(pieces.reporter)
        writer.appendBetween(event.isFirstSeen ? #","firstSeen":true,"marks":"# : #","firstSeen":false,"marks":"#)
        writer.value(event.marks)
        writer.endObject()
    }

    private func writeOutcome(_ event: EventRow, to writer: inout JSONWriter) {
        if event.outcome == .authenticated, event.reason == nil, event.rejectionClass == nil, event.code == nil {
            writer.raw(accepted)
        } else {
            event.writeOutcome(to: &writer)
        }
    }

    private mutating func write(_ certificate: CertificateSummary, to writer: inout JSONWriter) {
        if let known = certificates[certificate.id] { return writer.raw(known) }
        let start = writer.bytes.count
        certificate.writeJSON(to: &writer)
        certificates.keep(writer.bytes[start...], certificate.id)
    }

    private mutating func render(_ context: EventContext) -> Pieces {
        let pieces = Pieces(
            context: context,
            service: Self.piece { writer in
                writer.member("service", context.service)
                writer.member("source", context.source)
            },
            method: Self.piece { writer in
                writer.key("request")
                writer.beginObject()
                writer.member("method", context.method)
            },
            host: Self.piece { writer in
                writer.member("host", context.host)
                writer.member("userAgent", context.userAgent)
                writer.endObject()
            },
            tls: Self.piece { writer in
                writer.key("tls")
                writer.beginObject()
                writer.member("protocol", context.tlsProtocol)
                writer.member("cipher", context.cipher)
                writer.member("resumed", context.resumed)
                writer.member("servername", context.serverName)
            },
            reporter: Self.piece { context.reporter.writeJSON(to: &$0) }
        )
        if contexts.count >= Self.mostContexts { contexts.removeAll(keepingCapacity: true) }
        contexts[ObjectIdentifier(context)] = pieces
        return pieces
    }

    private static func piece(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        body(&writer)
        return writer.bytes
    }
}
