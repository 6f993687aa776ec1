import SafeText

extension LintSubject {
    private static let reference = "RFC 5280 section 4.1.2.2"

    /// C22 to C25: serial numbers that are wrong, short, or taken.
    var serialFindings: [CertificateFinding] {
        let serial = certificate.serialNumber
        var found: [CertificateFinding] = []
        let isPositive = serial != "0" && !serial.hasPrefix("-")
        if !isPositive {
            found.append(
                .init(
                    "C22_serial_not_positive",
                    .error,
                    "The serial number is zero or negative.",
                    Self.reference
                )
            )
        }
        if serial.utf8.count > 40 {
            found.append(
                .init("C23_serial_too_long", .warning, "The serial number has more than 20 octets.", Self.reference)
            )
        }
        if isPositive, serial.utf8.count < 16 {
            found.append(
                .init(
                    "C24_serial_low_entropy",
                    .info,
                    "The serial number has fewer than 64 bits: it can be guessed.",
                    "CA/Browser Forum Baseline Requirements section 7.1"
                )
            )
        }
        if let other = context.sameSerial.first {
            found.append(
                .init(
                    "C25_duplicate_issuer_serial",
                    .error,
                    "Another certificate of this issuer has the same serial number: \(other.hex).",
                    Self.reference
                )
            )
        }
        return found
    }
}
