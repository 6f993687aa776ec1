/// The digest of a certificate's DER by which it is known.
public struct Fingerprint: Hashable, Sendable {
    /// The digest algorithms that fingerprints are made with.
    public enum Algorithm: Sendable {
        /// SHA-1, 20 bytes.
        case sha1
        /// SHA-256, 32 bytes.
        case sha256
        /// SHA-512, 64 bytes.
        case sha512

        /// The length of a digest in bytes.
        public var size: Int {
            switch self {
            case .sha1: 20
            case .sha256: 32
            case .sha512: 64
            }
        }

        init?(size: Int) {
            switch size {
            case 20: self = .sha1
            case 32: self = .sha256
            case 64: self = .sha512
            default: return nil
            }
        }
    }

    /// The digest algorithm.
    public let algorithm: Algorithm

    /// The digest.
    public let bytes: [UInt8]

    /// Takes a digest of 20, 32 or 64 bytes; nil for another length.
    public init?(bytes: [UInt8]) {
        guard let algorithm = Algorithm(size: bytes.count) else { return nil }
        self.algorithm = algorithm
        self.bytes = bytes
    }

    private init(_ algorithm: Algorithm, digest: [UInt8]) {
        self.algorithm = algorithm
        bytes = digest
    }

    /// Reads 40, 64 or 128 hexadecimal digits, upper or lower case, with colons between bytes or without.
    ///
    /// A prefix `SHA1:`, `SHA256:` or `SHA512:` (also with a hyphen, in any case) is accepted when the length agrees.
    public init?(parsing text: String) {
        var digits = Substring(text)
        let prefix = Self.takePrefix(&digits)
        guard let bytes = Self.decode(digits), let algorithm = Algorithm(size: bytes.count) else { return nil }
        if let prefix, prefix != algorithm { return nil }
        self.init(algorithm, digest: bytes)
    }

    /// The SHA-1 fingerprint of some bytes.
    public static func sha1(of bytes: [UInt8]) -> Fingerprint {
        Fingerprint(.sha1, digest: bytes.withUnsafeBytes { LibraryDigest.sha1.digest(of: $0) })
    }

    /// The SHA-256 fingerprint of some bytes.
    public static func sha256(of bytes: [UInt8]) -> Fingerprint {
        Fingerprint(.sha256, digest: bytes.withUnsafeBytes { LibraryDigest.sha256.digest(of: $0) })
    }

    /// The SHA-512 fingerprint of some bytes.
    public static func sha512(of bytes: [UInt8]) -> Fingerprint {
        Fingerprint(.sha512, digest: bytes.withUnsafeBytes { LibraryDigest.sha512.digest(of: $0) })
    }

    /// The 32 bytes of the SHA-256 digest of some bytes.
    package static func sha256(of bytes: UnsafeRawBufferPointer) -> [UInt8] { LibraryDigest.sha256.digest(of: bytes) }

    /// Lower-case hexadecimal digits without colons.
    public var hex: String { Hexadecimal.text(bytes) }

    /// Upper-case hexadecimal digits with a colon between bytes, as Node writes fingerprints.
    public var colonHex: String { Hexadecimal.text(bytes, uppercase: true, separator: UInt8(ascii: ":")) }

    private static func takePrefix(_ text: inout Substring) -> Algorithm? {
        let names: [(String, Algorithm)] = [("1", .sha1), ("256", .sha256), ("512", .sha512)]
        for (size, algorithm) in names {
            for prefix in ["SHA\(size):", "SHA-\(size):"]
            where text.utf8.count > prefix.utf8.count && text.prefix(prefix.count).uppercased() == prefix {
                text = text.dropFirst(prefix.count)
                return algorithm
            }
        }
        return nil
    }

    /// Colons may stand between bytes only, and between all of them or none.
    private static func decode(_ text: Substring) -> [UInt8]? {
        let utf8 = Array(text.utf8.prefix(192))
        guard text.utf8.count <= 191 else { return nil }
        if !utf8.contains(UInt8(ascii: ":")) { return Hexadecimal.bytes(utf8) }
        guard utf8.count % 3 == 2 else { return nil }
        var digits: [UInt8] = []
        digits.reserveCapacity(utf8.count)
        for (index, byte) in utf8.enumerated() {
            if index % 3 == 2 {
                guard byte == UInt8(ascii: ":") else { return nil }
            } else {
                digits.append(byte)
            }
        }
        return Hexadecimal.bytes(digits)
    }
}
