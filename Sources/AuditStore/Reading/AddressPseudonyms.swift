import CertCore

/// Addresses that stand for others: the same for the same one, and none leads back to what it stands for.
///
/// An address of fd00::/8 (RFC 4193: never routed) is made of 120 bits of the salted hash, so that every format still has
/// an address where it wants one. The salt is random and lives as long as the value.
struct AddressPseudonyms: Sendable {
    /// How many are remembered: about 100 bytes each.
    private static let most = 50_000

    private let salt: [UInt8]
    private var known: [String: String] = [:]

    init() {
        var random = SystemRandomNumberGenerator()
        salt = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// What stands for an address.
    mutating func address(for address: String) -> String {
        if let found = known[address] { return found }
        if known.count >= Self.most { known.removeAll() }
        let digest = Array(SHA256Digest(of: salt + Array(address.utf8)).bytes.prefix(15))
        let bytes = [0xFD] + digest
        let groups = stride(from: 0, to: 16, by: 2).map { index in
            String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
        }
        let made = groups.joined(separator: ":")
        known[address] = made
        return made
    }
}
