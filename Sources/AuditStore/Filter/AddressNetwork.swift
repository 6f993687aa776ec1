import Glibc

/// An IPv4 or IPv6 network in CIDR form; IPv4-mapped IPv6 addresses count as IPv4.
struct AddressNetwork: Hashable, Sendable {
    /// 4 or 16 bytes with the host bits cleared.
    let bytes: [UInt8]
    /// The length of the network part in bits.
    let prefix: Int

    /// Reads `10.0.0.0/8`, `fd00::/8`, or an address alone; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, var address = Self.address(String(first)) else { return nil }
        let bits = address.count * 8
        var length = bits
        if parts.count == 2 {
            guard parts[1].utf8.count <= 3, parts[1].utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
                let number = Int(parts[1]), number <= bits
            else { return nil }
            length = number
        }
        for index in address.indices {
            address[index] &= Self.mask(length - index * 8)
        }
        bytes = address
        prefix = length
    }

    /// True when the address lies in the network; a text that is no address never does.
    func contains(_ text: String) -> Bool {
        guard let address = Self.address(text), address.count == bytes.count else { return false }
        for index in bytes.indices where address[index] & Self.mask(prefix - index * 8) != bytes[index] {
            return false
        }
        return true
    }

    /// What every member's text starts with, so that an index can narrow the search: whole octets of IPv4.
    var textPrefix: String? {
        guard bytes.count == 4, prefix >= 8 else { return nil }
        if prefix == 32 { return bytes.map { String($0) }.joined(separator: ".") }
        return bytes.prefix(prefix / 8).map { "\($0)." }.joined()
    }

    private static func mask(_ bits: Int) -> UInt8 {
        bits >= 8 ? 0xFF : bits <= 0 ? 0 : ~(0xFF >> UInt8(bits))
    }

    /// The bytes of an address; zone identifiers and brackets are dropped.
    static func address(_ text: String) -> [UInt8]? {
        var name = Substring(text)
        if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
        if let zone = name.firstIndex(of: "%") { name = name[..<zone] }
        guard name.utf8.count <= 45, !name.utf8.contains(0) else { return nil }
        var four = in_addr()
        if inet_pton(AF_INET, String(name), &four) == 1 {
            return withUnsafeBytes(of: &four) { Array($0) }
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, String(name), &six) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: &six) { Array($0) }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return Array(bytes.prefix(12)) == mapped ? Array(bytes.suffix(4)) : bytes
    }
}
