import SafeText

/// PEM blocks of a file that its owner wrote: other text and other blocks may stand between them (RFC 7468 section 2).
///
/// What comes from a client is read by `PEMText`, which takes nothing beside the blocks.
enum PEMFile {
    /// The DER of each block with a label, in order; throws when one does not end or is no base64.
    static func blocks(
        _ label: String,
        in text: [UInt8],
        maximum: Int
    ) throws(CertificateError) -> [[UInt8]] {
        let begin = Array("-----BEGIN \(label)-----".utf8)
        let end = Array("-----END \(label)-----".utf8)
        var result: [[UInt8]] = []
        var body: [UInt8]?
        for line in text.split(separator: 10) {
            let line = trimmed(line)
            if var digits = body {
                if line.elementsEqual(end) {
                    guard result.count < maximum else {
                        throw CertificateError(.tooMany, "more than \(maximum) blocks")
                    }
                    guard !digits.isEmpty, let der = Base64.decode(digits[...]) else { throw malformed }
                    result.append(der)
                    body = nil
                } else {
                    guard line.first != UInt8(ascii: "-") else { throw malformed }
                    body = nil
                    digits += line
                    body = digits
                }
            } else if line.elementsEqual(begin) {
                body = []
            }
        }
        guard body == nil else { throw CertificateError(.malformedPEM, "a \(label) block does not end") }
        return result
    }

    /// Whether a file begins as a SEQUENCE of more than 127 bytes does; no text in ASCII begins so.
    static func isDER(_ bytes: [UInt8]) -> Bool { bytes.first == 0x30 && bytes.count > 1 && bytes[1] >= 0x80 }

    private static let malformed = CertificateError(.malformedPEM, "the body of a block is not base64")

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = ASCII.trimmed(line)
        while line.last == 13 || line.last == 32 || line.last == 9 { line.removeLast() }
        return line
    }
}

extension ClientCertificate {
    /// The most bytes of a file with trusted certificates.
    public static let maximumBundleSize = 8 * 1024 * 1024

    /// The certificates of a file with trusted ones: DER, or PEM with any text between the blocks; never none.
    public static func bundle(_ bytes: [UInt8]) throws(CertificateError) -> [ClientCertificate] {
        if PEMFile.isDER(bytes) { return [try ClientCertificate(der: bytes)] }
        let result = try blocks(in: bytes)
        guard !result.isEmpty else { throw CertificateError(.empty, "there is no CERTIFICATE block") }
        return result
    }

    /// The certificates of a PEM file, which may be none.
    static func blocks(in bytes: [UInt8]) throws(CertificateError) -> [ClientCertificate] {
        var result: [ClientCertificate] = []
        guard !PEMFile.isDER(bytes) else { return result }
        for der in try PEMFile.blocks("CERTIFICATE", in: bytes, maximum: 5000) {
            result.append(try ClientCertificate(der: der))
        }
        return result
    }

    /// Reads the trusted certificates of a file.
    public static func bundle(
        file path: String,
        reading files: inout SourceFiles
    ) throws(FileProblem) -> [ClientCertificate] {
        let bytes = try files.read(path, limit: maximumBundleSize)
        do throws(CertificateError) {
            return try bundle(bytes)
        } catch {
            throw FileProblem(.malformed, path: path, "\(error.message)")
        }
    }
}

extension RevocationList {
    /// The lists of a file: DER, or PEM with any text between the blocks; never none.
    public static func bundle(_ bytes: [UInt8]) throws(CertificateError) -> [RevocationList] {
        if PEMFile.isDER(bytes) { return [try RevocationList(der: bytes)] }
        var result: [RevocationList] = []
        for der in try PEMFile.blocks("X509 CRL", in: bytes, maximum: 1000) {
            result.append(try RevocationList(der: der))
        }
        guard !result.isEmpty else { throw CertificateError(.empty, "there is no X509 CRL block") }
        return result
    }

    /// Reads the lists of a file.
    public static func bundle(
        file path: String,
        reading files: inout SourceFiles
    ) throws(FileProblem) -> [RevocationList] {
        let bytes = try files.read(path, limit: maximumSize * 4 / 3)
        do throws(CertificateError) {
            return try bundle(bytes)
        } catch {
            throw FileProblem(.malformed, path: path, "\(error.message)")
        }
    }
}
