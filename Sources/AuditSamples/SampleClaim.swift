import CertCore

/// What a hook says about a sample certificate: names, validity and a SHA-256, without the certificate itself.
struct SampleClaim: Sendable {
    let name: String
    let issuer: String
    let serial: UInt64
    let fingerprint: [UInt64]
    let notBefore: Timestamp
    let notAfter: Timestamp

    /// The claim as the member `cert`, with keys and notations of Node's PeerCertificate.
    var json: [UInt8] {
        let digits = fingerprint.map { Self.hex($0) }.joined()
        let text = """
            {"subject":{"CN":"\(name)","O":"Sample"},"issuer":{"CN":"\(issuer)","O":"Sample"},\
            "subjectaltname":"DNS:\(name).prod.example, URI:spiffe://sample/\(name)",\
            "serialNumber":"\(Self.hex(serial))","fingerprint256":"\(Self.colons(digits))",\
            "valid_from":"\(Self.peerDate(notBefore))","valid_to":"\(Self.peerDate(notAfter))"}
            """
        return Array(text.utf8)
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    private static func colons(_ digits: String) -> String {
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, index.isMultiple(of: 2) { result.append(":") }
            result.append(digit)
        }
        return result
    }

    private static func peerDate(_ time: Timestamp) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let civil = time.civil
        let day = civil.day < 10 ? " \(civil.day)" : "\(civil.day)"
        let clock = [civil.hour, civil.minute, civil.second].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(months[civil.month - 1]) \(day) \(clock.joined(separator: ":")) \(civil.year) GMT"
    }
}
