import AuditEvents
import CertCore
import Testing

@testable import AuditStore

/// A database with a known ledger, for tests that tamper with it.
///
/// Events 1–4 are in segment 0, 5–8 in segment 1, 9–12 in segment 2; each segment has its own path and is covered by a
/// checkpoint. Certificates, an issuer, a loss and a refused line are in segment 0 or 1.
final class LedgerDatabase {
    let place: TemporaryDatabase
    var path: String { place.path }

    init(segments: Int = 3) throws {
        place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for segment in 0..<segments { try Self.fill(harness, segment) }
        try harness.writer.close(now: harness.now)
    }

    /// Adds four events and what is beside them, then goes a minute on.
    static func fill(_ harness: WriterHarness, _ segment: Int) throws {
        let leaf = try TestFile.certificate(segment == 1 ? "rsa-2048" : "ec-p256")
        let members =
            #""cert":{"raw":"\#(Self.base64(leaf))"},"req":{"url":"/path/\#(segment)","ip":"10.0.0.\#(segment)"}"#
        try harness.append(#"{"event":"authenticated","service":"billing",\#(members)}"#)
        try harness.append(
            #"{"event":"rejected","reason":"socket_not_authorized","tls":{"authorizationError":"CERT_HAS_EXPIRED"},\#(members)}"#
        )
        try harness.append(#"{"event":"authenticated","cert":{"subject":{"CN":"claimed-\#(segment)"}}}"#)
        try harness.append(#"{"event":"authenticated"}"#)
        if segment == 0 {
            harness.writer.appendLoss(kind: .drop, count: 7, since: nil, session: harness.session, now: harness.now)
            [UInt8]("broken".utf8).withUnsafeBytes { head in
                _ = harness.writer.appendBadLine(
                    head: head,
                    length: 6,
                    error: .init(code: .badJSON, message: "broken"),
                    session: harness.session,
                    producer: nil,
                    now: harness.now
                )
            }
        }
        try harness.commit()
        harness.now = harness.now.advanced(byMilliseconds: 61_000)
    }

    /// Runs statements as somebody would who can write the file.
    func tamper(_ statements: String...) throws {
        let writer = try AuditWriter(path: path, now: WriterHarness.start)
        for statement in statements { _ = try writer.rows(statement) }
    }

    /// The verification of the database.
    func verify(checkpoints: String? = nil, keys: [Ed25519PublicKey] = []) throws -> LedgerReport {
        try LedgerVerifier(path: path, checkpoints: checkpoints, keys: keys).run()
    }

    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let word = (part + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
            for digit in 0..<4 {
                text.append(digit > part.count ? "=" : alphabet[word >> (18 - 6 * digit) & 63])
            }
        }
        return text
    }
}
