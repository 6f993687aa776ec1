import CertCore

/// A network in CIDR form as a filter names it.
struct AddressNetwork: Hashable, Sendable {
    /// The network as it was written; what the SQL function takes.
    let text: String
    private let range: AddressRange

    /// Reads `10.0.0.0/8`, `fd00::/8`, or an address alone; nil for anything else.
    init?(_ text: String) {
        guard let range = AddressRange(parsing: text) else { return nil }
        self.text = text
        self.range = range
    }

    /// True when the address lies in the network; a text that is no address never does.
    func contains(_ address: String) -> Bool { range.contains(address) }

    /// What the text of every member written as IPv4 starts with, so that an index can narrow the search.
    var textPrefix: String? {
        guard !text.contains(":") else { return nil }
        let parts = text.split(separator: "/")
        let octets = (parts.first ?? "").split(separator: ".")
        let length = parts.count == 2 ? Int(parts[1]) ?? 0 : 32
        guard octets.count == 4, length >= 8 else { return nil }
        let whole = octets.prefix(length / 8).joined(separator: ".")
        return length == 32 ? whole : whole + "."
    }
}
