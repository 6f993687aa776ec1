import AuditStore
import CertCore
import SafeText
import Terminal

/// What the page of a certificate says about its bytes: findings, raw fields, PEM, and the DER in hexadecimal.
enum CertificateBytes {
    /// The headings that keys go to.
    static let findings: SafeText = "findings"
    static let fields: SafeText = "raw fields"
    static let pem: SafeText = "PEM"
    static let der: SafeText = "DER"

    /// Bytes in a line of the hexadecimal dump.
    private static let bytesInLine = 16

    /// Adds the raw sections; nothing for a certificate whose bytes are not known.
    static func add(_ dossier: CertificateDossier, to document: inout Document) {
        guard let certificate = dossier.certificate else { return }
        document.heading(fields)
        for line in CertificateFields.lines(certificate.der) { document.add(StyledLine(line)) }
        document.heading(pem)
        for line in certificate.pem.split(separator: "\n") { document.add(StyledLine(SafeText(String(line)))) }
        document.heading(der)
        for line in dump(certificate.der) { document.add(StyledLine(line)) }
    }

    /// Adds what is wrong with it; nothing for a certificate whose bytes are not known.
    static func addFindings(
        _ dossier: CertificateDossier,
        _ now: Timestamp,
        to document: inout Document,
        width: Int
    ) {
        guard let certificate = dossier.certificate else { return }
        var context = LintContext(now: now)
        context.lastUse = dossier.record.usage.lastSeen
        context.issuer = dossier.issuers.first
        let found = certificate.findings(context)
        document.heading(findings)
        if found.isEmpty { document.add(StyledLine("nothing to say against it", .dim)) }
        for finding in found {
            let words: SafeText = "\(finding.message) [\(SafeText(finding.id))]"
            document.field(SafeText(finding.severity.rawValue), words, width: width, role: role(finding.severity))
        }
    }

    private static func role(_ severity: CertificateFinding.Severity) -> Role {
        switch severity {
        case .info: .text
        case .warning: .warning
        case .error: .critical
        }
    }

    /// `0010  30 82 01 0a …  0...`: the place, the bytes, and what of them is printable ASCII.
    static func dump(_ bytes: [UInt8]) -> [SafeText] {
        stride(from: 0, to: bytes.count, by: bytesInLine).map { start in
            let part = bytes[start..<min(bytes.count, start + bytesInLine)]
            let digits = part.map { hexadecimal(Int($0), 2) }.joined(separator: " ")
            let letters = String(part.map { (0x20...0x7E).contains($0) ? Character(Unicode.Scalar($0)) : "." })
            return "\(hexadecimal(start, 4))  \(SafeText(digits).padded(to: bytesInLine * 3 - 1))  "
                + SafeText(letters.replacing("\\", with: "."))
        }
    }

    static func hexadecimal(_ number: Int, _ width: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
