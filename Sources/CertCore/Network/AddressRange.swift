/// A block of addresses, as in `10.0.0.0/8`.
public struct AddressRange: Hashable, Sendable {
    private let network: [UInt8]
    private let prefix: Int

    /// Reads an address with or without `/` and a prefix length.
    public init?(parsing text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(parsing: String(parts[0])) else { return nil }
        var length = address.bytes.count * 8
        if parts.count == 2 {
            let digits = parts[1]
            guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits)
            else { return nil }
            // A block of IPv4 addresses may be written as IPv6 ones.
            let written = parts[0].contains(":") ? 128 : 32
            guard number <= written, number >= written - length else { return nil }
            length = number - (written - length)
        }
        network = Self.masked(address.bytes, length)
        prefix = length
    }

    /// Whether an address lies in the block; an IPv4 address written as IPv6 counts as IPv4.
    public func contains(_ address: String) -> Bool {
        guard let parsed = IPAddress(parsing: address) else { return false }
        return contains(parsed)
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.bytes.count == network.count && Self.masked(address.bytes, prefix) == network
    }

    private static func masked(_ bytes: [UInt8], _ prefix: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            let kept = min(max(prefix - index * 8, 0), 8)
            return kept == 0 ? 0 : byte & (0xff << UInt8(8 - kept))
        }
    }
}
