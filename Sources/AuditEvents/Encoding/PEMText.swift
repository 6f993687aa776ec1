/// The first certificate of PEM text, only as far as its base64 (RFC 7468).
enum PEMText {
    private static let begin = Array("-----BEGIN ".utf8)
    private static let end = Array("-----END ".utf8)
    private static let labels = ["CERTIFICATE-----", "X509 CERTIFICATE-----", "TRUSTED CERTIFICATE-----"]
        .map { Array($0.utf8) }

    /// Puts the first certificate's DER into `output`; false when there is none or its base64 is malformed.
    static func decodeFirst(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
        guard let body = firstBody(of: text) else { return false }
        var digits: [UInt8] = []
        digits.reserveCapacity(body.count)
        for byte in text[body] where byte > 0x20 { digits.append(byte) }
        return digits.withUnsafeBytes { Base64.decode($0, into: &output) } && !output.isEmpty
    }

    private static func firstBody(of text: UnsafeRawBufferPointer) -> Range<Int>? {
        var offset = 0
        while let start = find(begin, in: text, from: offset) {
            let label = start + begin.count
            for name in labels where starts(name, at: label, of: text) {
                let body = label + name.count
                return find(end, in: text, from: body).map { body..<$0 }
            }
            offset = label
        }
        return nil
    }

    private static func starts(_ word: [UInt8], at offset: Int, of text: UnsafeRawBufferPointer) -> Bool {
        offset + word.count <= text.count && text[offset..<offset + word.count].elementsEqual(word)
    }

    private static func find(_ word: [UInt8], in text: UnsafeRawBufferPointer, from offset: Int) -> Int? {
        var index = offset
        while index + word.count <= text.count {
            if text[index] == word[0], starts(word, at: index, of: text) { return index }
            index += 1
        }
        return nil
    }
}
