import CertCore
import SafeText

/// Says what the DER of a certificate holds.
enum CertificateWords {
    /// "RSA 2048, exponent 65537", "EC P-256".
    static func key(_ details: CertificateDetails) -> SafeText {
        let key = details.publicKey
        var text = SafeText(key.algorithm)
        if let curve = key.curve {
            text += " \(SafeText(curve))"
        } else if let bits = key.bits {
            text += " \(bits)"
        }
        if let exponent = key.exponent { text += ", exponent \(exponent)" }
        return text
    }

    /// The common name, else the whole name, else that there is none.
    static func name(_ name: DistinguishedName) -> SafeText {
        let text = name.commonName ?? name.rfc2253
        return text.isEmpty ? "(no name)" : SafeText(text)
    }

    /// What the key may be used for, with the extended usages by their OIDs' names.
    static func usage(_ certificate: ClientCertificate, _ details: CertificateDetails) -> SafeText? {
        var words = details.keyUsage?.names.map { SafeText($0) } ?? []
        words += certificate.extendedKeyUsage.map(extendedUsage)
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    private static let extendedUsages: [String: SafeText] = [
        "1.3.6.1.5.5.7.3.1": "serverAuth", "1.3.6.1.5.5.7.3.2": "clientAuth", "1.3.6.1.5.5.7.3.3": "codeSigning",
        "1.3.6.1.5.5.7.3.4": "emailProtection", "1.3.6.1.5.5.7.3.8": "timeStamping",
        "1.3.6.1.5.5.7.3.9": "OCSPSigning", "2.5.29.37.0": "anyExtendedKeyUsage",
    ]

    private static func extendedUsage(_ oid: String) -> SafeText {
        extendedUsages[oid] ?? SafeText(oid)
    }
}
