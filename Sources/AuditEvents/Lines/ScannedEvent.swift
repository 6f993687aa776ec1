package import CertCore

/// An event of one line: small values by value, texts as views valid until the scanner's next scan.
///
/// Never keep one beyond the next call of ``LineScanner/scan(_:)`` or the scanner's life.
package struct ScannedEvent {
    package internal(set) var outcome = AuditEvent.Outcome.authenticated
    /// The producer's number; nil when absent, or when the scanner was told not to look at it.
    package internal(set) var sequence: UInt64?
    /// Where the value of `seq` stands in the line, whatever it is; nil when absent.
    package internal(set) var sequenceRange: Range<Int>?
    /// Where the line's object starts: the offset of its opening brace.
    package internal(set) var objectOffset = 0
    /// When it happened; nil means at arrival.
    package internal(set) var time: Timestamp?
    package internal(set) var port: Int32?
    package internal(set) var authorized: Bool?
    package internal(set) var resumed: Bool?
    /// Keys nobody knows, in the event and in its `cert`, `req` and `tls`.
    package internal(set) var unknownKeys = 0
    package internal(set) var marks: EventMarks = []
    /// Whether ``LineField/subject`` is JSON text of an object; else it is plain text.
    package internal(set) var subjectIsObject = false
    /// Whether ``LineField/issuer`` is JSON text of an object; else it is plain text.
    package internal(set) var issuerIsObject = false
    /// How many issuer certificates came along, nearest first.
    package internal(set) var issuerCount = 0

    let fields: UnsafeMutablePointer<UnsafeRawBufferPointer?>
    let issuers: UnsafeMutablePointer<CertificateView>

    /// The bytes of a field, unescaped, valid UTF-8 where it is text; nil when absent or null.
    package func bytes(_ field: LineField) -> UnsafeRawBufferPointer? {
        fields[field.rawValue]
    }

    /// A field as a string; for paths where speed does not matter.
    package func text(_ field: LineField) -> String? {
        bytes(field).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The leaf's bytes in whatever form they came; nil when the event has none.
    package var leaf: CertificateView? {
        if let bytes = bytes(.certificateBase64) { return CertificateView(form: .base64, bytes: bytes) }
        if let bytes = bytes(.certificateDER) { return CertificateView(form: .der, bytes: bytes) }
        return bytes(.certificatePEM).map { CertificateView(form: .pem, bytes: $0) }
    }

    /// The issuer certificate at `position`, 0 being the leaf's own issuer; nil beyond ``issuerCount``.
    package func issuerCertificate(_ position: Int) -> CertificateView? {
        position >= 0 && position < issuerCount ? issuers[position] : nil
    }

    /// The bytes of a fingerprint field; nil when it is absent.
    package func fingerprint(_ field: LineField) -> Fingerprint? {
        bytes(field).flatMap { Hexadecimal.decode($0) }.flatMap { Fingerprint(bytes: $0) }
    }

    /// The subject as RFC 2253 text, whatever form it came in.
    package var subjectText: String? {
        nameText(.subject, isObject: subjectIsObject)
    }

    /// The issuer as RFC 2253 text, whatever form it came in.
    package var issuerText: String? {
        nameText(.issuer, isObject: issuerIsObject)
    }

    private func nameText(_ field: LineField, isObject: Bool) -> String? {
        guard let bytes = bytes(field) else { return nil }
        guard isObject else { return String(decoding: bytes, as: UTF8.self) }
        return PeerName.rfc2253(json: Array(bytes))
    }
}
