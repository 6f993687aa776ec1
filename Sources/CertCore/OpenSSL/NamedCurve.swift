import COpenSSL

/// One of NIST's curves over prime fields, made once for the life of the process.
///
/// `@unchecked Sendable` without a lock: the group never changes after `init`, and libcrypto only reads it.
final class NamedCurve: @unchecked Sendable {
    static let all = [
        NamedCurve(NID_X9_62_prime256v1, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7], 32, 256, "prime256v1", "P-256"),
        NamedCurve(NID_secp384r1, [0x2B, 0x81, 4, 0, 0x22], 48, 384, "secp384r1", "P-384"),
        NamedCurve(NID_secp521r1, [0x2B, 0x81, 4, 0, 0x23], 66, 521, "secp521r1", "P-521"),
    ]

    /// The content of its object identifier.
    let identifier: [UInt8]
    /// The length of a coordinate in bytes.
    let fieldSize: Int
    /// The length of the group's order in bits.
    let bits: Int
    /// libcrypto's short name.
    let name: String
    /// NIST's name.
    let nistName: String
    private let group: OpaquePointer?

    private init(
        _ number: Int32,
        _ identifier: [UInt8],
        _ fieldSize: Int,
        _ bits: Int,
        _ name: String,
        _ nistName: String
    ) {
        LibraryContext.prepareLibrary
        self.identifier = identifier
        self.fieldSize = fieldSize
        self.bits = bits
        self.name = name
        self.nistName = nistName
        group = EC_GROUP_new_by_curve_name(number)
    }

    deinit { EC_GROUP_free(group) }

    /// Whether an encoded point is one of the curve's.
    func holds(_ point: [UInt8]) -> Bool {
        guard let group, let decoded = EC_POINT_new(group) else { return false }
        defer { EC_POINT_free(decoded) }
        if EC_POINT_oct2point(group, decoded, point, point.count, nil) == 1 { return true }
        ERR_clear_error()
        return false
    }
}
