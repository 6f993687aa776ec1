package import CertCore

/// An event's canonical record, read back.
package struct EventRecord: Hashable, Sendable {
    package var id: Int64
    package var time: Timestamp
    package var received: Timestamp
    package var isRejected: Bool
    var context: SHA256Digest
    var verdict: SHA256Digest
    /// ``CertificateReference/Kind`` and its bytes.
    var certificateKind: UInt8
    package var certificate: [UInt8]
    package var ip: String?
    package var path: String?

    /// Reads a record; nil when the bytes are none.
    package init?(_ bytes: [UInt8]) {
        var reader = BodyReader(bytes)
        guard reader.skip([LedgerRecord.Kind.event.rawValue]), let id = reader.integer(), let time = reader.integer(),
            let received = reader.integer(), reader.take(8) != nil, let outcome = reader.take(1)?.first,
            let context = reader.digest(), let verdict = reader.digest(), let kind = reader.take(1)?.first,
            let certificate = reader.take([0, 32, 20, 32][Int(kind & 3)]), kind < 4,
            let ip = reader.text(), let path = reader.text(), reader.isAtEnd
        else { return nil }
        self.id = id
        self.time = Timestamp(milliseconds: time)
        self.received = Timestamp(milliseconds: received)
        isRejected = outcome != 0
        self.context = context
        self.verdict = verdict
        certificateKind = kind
        self.certificate = certificate
        self.ip = ip.value
        self.path = path.value
    }

    /// The texts of a context's record that people ask for, by name.
    package static func contextTexts(_ bytes: [UInt8]) -> [(name: String, text: String)] {
        var reader = BodyReader(bytes)
        guard reader.skip([LedgerRecord.Kind.context.rawValue]), reader.take(22) != nil else { return [] }
        let names = ["service", "source", "method", "host", "user agent", "protocol", "cipher", "server name"]
        return names.compactMap { name in (reader.text()?.value).map { (name, $0) } }
    }

    /// The reason in a verdict's record.
    package static func reason(_ bytes: [UInt8]) -> String? {
        var reader = BodyReader(bytes)
        guard reader.skip([LedgerRecord.Kind.verdict.rawValue]), reader.take(7) != nil else { return nil }
        return reader.text()?.value
    }
}

extension BodyReader {
    /// A text, or that there is none; nil when the bytes hold neither.
    mutating func text() -> (value: String?, Void)? {
        guard let length = take(4) else { return nil }
        let count = length.reduce(0) { $0 << 8 | Int($1) }
        if count == Int(UInt32.max) { return (nil, ()) }
        guard let bytes = take(count) else { return nil }
        return (String(decoding: bytes, as: UTF8.self), ())
    }
}
