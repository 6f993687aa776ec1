/// A certificate in the form that nearly all client certificates have, read without libcrypto.
///
/// libcrypto takes some 12 µs to take a certificate apart, half of that for forms of names nobody asked for; this takes
/// about one. It is no second opinion: whatever is not of the plainest form (version 3, no CA, one attribute an RDN, known
/// types, UTF-8 or ASCII without control characters, full times in UTC, RFC 5280's extensions once each) is left to
/// libcrypto. What is read here libcrypto reads in the same way; the fuzzer compares the two field by field.
struct CommonCertificate: Sendable {
    let serialNumber: String
    let issuer: DistinguishedName
    let subject: DistinguishedName
    let notBefore: Timestamp
    let notAfter: Timestamp
    /// Where the SubjectPublicKeyInfo stands in the DER.
    let publicKeyInfo: Range<Int>
    let extensions: CommonExtensions

    /// Reads a certificate; nil for one that libcrypto must look at.
    init?(der: [UInt8]) {
        var outer = DERReader(der)
        guard var certificate = outer.enter(DERReader.Tag.sequence), outer.isAtEnd,
            var body = certificate.enter(DERReader.Tag.sequence), Self.skipAlgorithm(&certificate),
            certificate.takeOctetsOfBitString() != nil, certificate.isAtEnd, Self.isVersion3(&body),
            let serial = body.takeNaturalNumber(), Self.skipAlgorithm(&body),
            let issuer = CommonName.read(&body), let validity = Self.validity(&body),
            let subject = CommonName.read(&body), let key = Self.publicKeyInfo(&body),
            let extensions = CommonExtensions(&body), body.isAtEnd
        else { return nil }
        serialNumber = Self.serialNumber(der[serial])
        self.issuer = issuer
        self.subject = subject
        (notBefore, notAfter) = validity
        publicKeyInfo = key
        self.extensions = extensions
    }

    private static func isVersion3(_ body: inout DERReader) -> Bool {
        guard var version = body.enter(0xA0), let number = version.take(DERReader.Tag.integer) else { return false }
        return version.isAtEnd && body.bytes[number].elementsEqual([2])
    }

    /// An AlgorithmIdentifier without parameters or with NULL.
    private static func skipAlgorithm(_ reader: inout DERReader) -> Bool {
        guard var algorithm = reader.enter(DERReader.Tag.sequence), algorithm.takeObjectIdentifier() != nil
        else { return false }
        return algorithm.isAtEnd || (algorithm.take(DERReader.Tag.null)?.isEmpty == true && algorithm.isAtEnd)
    }

    private static func validity(_ body: inout DERReader) -> (Timestamp, Timestamp)? {
        guard var validity = body.enter(DERReader.Tag.sequence), let first = CommonTime.read(&validity),
            let last = CommonTime.read(&validity), validity.isAtEnd
        else { return nil }
        return (first, last)
    }

    /// Where the whole element stands; its algorithm may have NULL or the name of a curve as its parameter.
    private static func publicKeyInfo(_ body: inout DERReader) -> Range<Int>? {
        guard let content = body.take(DERReader.Tag.sequence) else { return nil }
        var info = DERReader(body.bytes, content)
        guard var algorithm = info.enter(DERReader.Tag.sequence), algorithm.takeObjectIdentifier() != nil
        else { return nil }
        if algorithm.nextTag == DERReader.Tag.objectIdentifier {
            guard algorithm.takeObjectIdentifier() != nil else { return nil }
        } else if !algorithm.isAtEnd {
            guard algorithm.take(DERReader.Tag.null)?.isEmpty == true else { return nil }
        }
        guard algorithm.isAtEnd, info.takeOctetsOfBitString() != nil, info.isAtEnd else { return nil }
        let head = content.count < 0x80 ? 2 : content.count < 0x100 ? 3 : content.count < 0x10000 ? 4 : 5
        return content.lowerBound - head..<content.upperBound
    }

    private static func serialNumber(_ bytes: ArraySlice<UInt8>) -> String {
        let significant = bytes.drop { $0 == 0 }
        return significant.isEmpty ? "0" : Hexadecimal.text(Array(significant), uppercase: true)
    }
}
