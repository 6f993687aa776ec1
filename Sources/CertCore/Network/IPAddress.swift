import Glibc

/// An IPv4 or IPv6 address.
package struct IPAddress: Hashable, Sendable {
    /// Four bytes or sixteen; an IPv4 address written as an IPv6 one has four.
    package let bytes: [UInt8]

    /// Takes four or sixteen bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]
        self.bytes = bytes.count == 16 && bytes.starts(with: mappedPrefix) ? Array(bytes.dropFirst(12)) : bytes
    }

    /// Reads the usual text; brackets and a zone are ignored.
    package init?(parsing text: String) {
        var address = Substring(text)
        if address.hasPrefix("["), address.hasSuffix("]") { address = address.dropFirst().dropLast() }
        guard address.utf8.count <= 64, !address.utf8.contains(0) else { return nil }
        if let zone = address.firstIndex(of: "%") { address = address[..<zone] }
        let family = address.contains(":") ? AF_INET6 : AF_INET
        var bytes = [UInt8](repeating: 0, count: family == AF_INET6 ? 16 : 4)
        guard inet_pton(family, String(address), &bytes) == 1 else { return nil }
        self.init(bytes: bytes)
    }
}
