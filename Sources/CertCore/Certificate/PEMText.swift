/// Certificates in PEM (RFC 7468), read strictly.
///
/// Only `CERTIFICATE` blocks count, with nothing but white space before, between and after them. The time is linear in
/// the length; blocks are counted before any is decoded.
enum PEMText {
    /// How a block's body may be broken.
    enum Layout {
        /// The body stands on lines of its own.
        case lines
        /// Blanks may stand for newlines, or nothing at all (Apache and HAProxy on one header line).
        case spaces
    }

    /// The largest text that is read: ten certificates of the largest size in base64, with their newlines.
    static let maximumLength = 960 * 1024

    /// The DER of each certificate; throws when there is none, too many, or anything else in the text.
    static func certificates(in text: [UInt8], layout: Layout = .lines) throws(CertificateError) -> [[UInt8]] {
        try blocks("CERTIFICATE", in: text, layout: layout, maximum: ClientCertificate.maximumChain)
    }

    /// The DER of each block with a label; throws when there is none, too many, or anything else in the text.
    static func blocks(
        _ label: String,
        in text: [UInt8],
        layout: Layout = .lines,
        maximum: Int = 100,
        maximumLength: Int = Self.maximumLength
    ) throws(CertificateError) -> [[UInt8]] {
        guard text.count <= maximumLength else { throw CertificateError(.tooLarge, "the PEM text is too long") }
        let bodies = try bodies(of: text, label: label, layout: layout)
        guard !bodies.isEmpty else { throw CertificateError(.empty, "there is no \(label) block") }
        guard bodies.count <= maximum else { throw CertificateError(.tooMany, "more than \(maximum) blocks") }
        var result: [[UInt8]] = []
        for body in bodies {
            guard let der = Base64.decode(body, gaps: layout == .spaces ? .spaces : .lines), !der.isEmpty else {
                throw CertificateError(.malformedPEM, "the body of a block is not base64")
            }
            result.append(der)
        }
        return result
    }

    /// Walks over the text once: white space, a begin line, a body without hyphens, an end line, and again.
    private static func bodies(
        of text: [UInt8],
        label: String,
        layout: Layout
    ) throws(CertificateError) -> [ArraySlice<UInt8>] {
        let begin = Array("-----BEGIN \(label)-----".utf8)
        let end = Array("-----END \(label)-----".utf8)
        var result: [ArraySlice<UInt8>] = []
        var position = skipSpace(in: text, from: 0)
        while position < text.count {
            guard let start = skip(begin, in: text, at: position), hasBreak(text, at: start, layout) else {
                throw CertificateError(.malformedPEM, "something else than a \(label) block stands in the text")
            }
            var stop = start
            while stop < text.count, text[stop] != UInt8(ascii: "-") { stop += 1 }
            guard let after = skip(end, in: text, at: stop), hasBreak(text, at: stop - 1, layout) else {
                throw CertificateError(.malformedPEM, "a \(label) block does not end")
            }
            result.append(text[start..<stop])
            position = skipSpace(in: text, from: after)
        }
        return result
    }

    private static func hasBreak(_ text: [UInt8], at index: Int, _ layout: Layout) -> Bool {
        if layout == .spaces { return true }
        return index < text.count && (text[index] == 10 || text[index] == 13)
    }

    private static func skip(_ word: [UInt8], in text: [UInt8], at position: Int) -> Int? {
        guard text.count - position >= word.count, text[position..<position + word.count].elementsEqual(word)
        else { return nil }
        return position + word.count
    }

    private static func skipSpace(in text: [UInt8], from position: Int) -> Int {
        var position = position
        while position < text.count, isSpace(text[position]) { position += 1 }
        return position
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 13 || byte == 9 }

    /// One block with lines of 64 characters.
    static func text(_ der: [UInt8]) -> String {
        let digits = Base64.encode(der)
        var bytes = Array("-----BEGIN CERTIFICATE-----\n".utf8)
        bytes.reserveCapacity(digits.count + digits.count / 64 + 64)
        for start in stride(from: 0, to: digits.count, by: 64) {
            bytes += digits[start..<min(start + 64, digits.count)]
            bytes.append(10)
        }
        return String(decoding: bytes + Array("-----END CERTIFICATE-----\n".utf8), as: UTF8.self)
    }
}
