/// A public key in the form that nearly all have: RSA, or a point on one of NIST's three curves.
enum CommonPublicKey {
    case rsa(PublicKeyNumbers.RSA)
    case ellipticCurve(PublicKeyNumbers.EllipticCurve)

    private static let rsaEncryption: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
    private static let ecPublicKey: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]

    /// Reads a SubjectPublicKeyInfo; nil for one that libcrypto must look at.
    init?(publicKeyInfo: [UInt8]) {
        var outer = DERReader(publicKeyInfo)
        guard var info = outer.enter(DERReader.Tag.sequence), outer.isAtEnd,
            var algorithm = info.enter(DERReader.Tag.sequence),
            let type = algorithm.take(DERReader.Tag.objectIdentifier),
            let octets = info.takeOctetsOfBitString(), info.isAtEnd
        else { return nil }
        if publicKeyInfo[type].elementsEqual(Self.rsaEncryption) {
            guard algorithm.take(DERReader.Tag.null)?.isEmpty == true, algorithm.isAtEnd,
                let key = Self.rsa(DERReader(publicKeyInfo, octets))
            else { return nil }
            self = .rsa(key)
        } else if publicKeyInfo[type].elementsEqual(Self.ecPublicKey) {
            guard let curve = algorithm.take(DERReader.Tag.objectIdentifier), algorithm.isAtEnd,
                let found = NamedCurve.all.first(where: { publicKeyInfo[curve].elementsEqual($0.identifier) }),
                octets.count == 1 + 2 * found.fieldSize, publicKeyInfo[octets.lowerBound] == 4
            else { return nil }
            let point = Array(publicKeyInfo[octets])
            guard found.holds(point) else { return nil }
            self = .ellipticCurve(
                .init(bits: found.bits, point: point, curve: found.name, nistCurve: found.nistName)
            )
        } else {
            return nil
        }
    }

    /// Modulus and exponent as libcrypto too would encode them, of sizes that are in use.
    private static func rsa(_ reader: DERReader) -> PublicKeyNumbers.RSA? {
        var reader = reader
        guard var numbers = reader.enter(DERReader.Tag.sequence), reader.isAtEnd,
            let modulusRange = numbers.takeNaturalNumber(), let exponentRange = numbers.takeNaturalNumber(),
            numbers.isAtEnd
        else { return nil }
        let modulus = Array(reader.bytes[modulusRange].drop { $0 == 0 })
        let exponent = reader.bytes[exponentRange].drop { $0 == 0 }
        guard (64...1024).contains(modulus.count), let last = modulus.last, last & 1 == 1, exponent.count <= 4,
            !exponent.isEmpty
        else { return nil }
        return .init(
            modulus: Hexadecimal.text(modulus, uppercase: true).trimmingLeadingZero,
            bits: modulus.count * 8 - modulus[0].leadingZeroBitCount,
            exponent: exponent.reduce(0) { $0 << 8 | UInt64($1) }
        )
    }
}

extension String {
    /// Without the first digit when that is a zero, as libcrypto prints numbers in hexadecimal.
    fileprivate var trimmingLeadingZero: String { utf8.first == UInt8(ascii: "0") ? String(dropFirst()) : self }
}
