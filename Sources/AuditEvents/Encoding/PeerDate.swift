package import CertCore

/// Dates as a PeerCertificate writes them: `Apr  1 00:00:00 2020 GMT`.
package enum PeerDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The time the text names, in that form or as RFC 3339; nil for anything else.
    package static func parse(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 5, parts[4] == "GMT" else { return Timestamp(rfc3339: text) }
        guard let month = months.firstIndex(of: String(parts[0])), let day = Int(parts[1]), (1...31).contains(day),
            parts[3].utf8.count == 4
        else { return nil }
        return Timestamp(rfc3339: "\(parts[3])-\(padded(month + 1))-\(padded(day))T\(parts[2])Z")
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
