import CertCore

// The certificate as proxies describe it.
extension RecordDraft {
    /// What a record tells of the certificate: names, serial, fingerprints, dates, perhaps PEM.
    mutating func takeCertificate() {
        setName(.subject)
        setName(.issuer)
        if event.bytes(.commonName) == nil { copy(.commonName, to: .commonName) }
        setSerial()
        setFingerprint(.sha1, .fingerprint1, digits: 40)
        setFingerprint(.sha256, .fingerprint256, digits: 64)
        setDate(.notBefore, .notBefore)
        setDate(.notAfter, .notAfter)
        setAlternativeNames()
        setPEM()
        setDER()
    }

    /// Whether the record shows a certificate at all.
    var showsCertificate: Bool {
        record[.sha256] != nil || record[.sha1] != nil || record[.subject] != nil || record[.serial] != nil
            || record[.pem] != nil || record[.der] != nil || record[.commonName] != nil
    }

    private mutating func setFingerprint(_ key: RecordKey, _ field: LineField, digits: Int) {
        guard let bytes = record[key] else { return }
        guard Hexadecimal.digits(in: bytes) == digits else { return event.marks.formUnion(.badCertificate) }
        event.fields[field.rawValue] = bytes
    }

    /// An RFC 2253 name; bytes that were written as `\C3\A9` become the characters they are.
    private mutating func setName(_ key: RecordKey) {
        guard let bytes = record[key] else { return }
        let text = bytes.contains(UInt8(ascii: "\\")) ? decoded(bytes) ?? bytes : bytes
        set(key == .subject ? .subject : .issuer, text)
        if key == .subject, let name = DistinguishedNameBytes.commonName(in: text) { setCommonName(name) }
    }

    private mutating func setCommonName(_ value: UnsafeRawBufferPointer) {
        guard value.contains(UInt8(ascii: "\\")) else { return set(.commonName, value) }
        let plain = notes.keep(atMost: value.count) { DistinguishedNameBytes.unescape(value, into: $0) }
        set(.commonName, plain ?? value)
    }

    private func decoded(_ name: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let text = notes.keep(atMost: name.count) { DistinguishedNameBytes.decodeBytes(name, into: $0) }
        // A name whose bytes are no UTF-8 stays as it was written.
        return text.flatMap { UTF8Check.firstInvalid(in: $0) == nil ? $0 : nil }
    }

    /// Serials are compared as upper-case hexadecimal without leading zero bytes.
    private mutating func setSerial() {
        guard let bytes = record[.serial], Hexadecimal.digits(in: bytes) != nil, bytes.count <= 128 else { return }
        var digits = bytes.filter { $0 != UInt8(ascii: ":") }.map { $0 >= 0x61 ? $0 - 0x20 : $0 }
        while digits.count > 2, digits[0] == UInt8(ascii: "0"), digits[1] == UInt8(ascii: "0") {
            digits.removeFirst(2)
        }
        if !digits.count.isMultiple(of: 2) { digits.insert(UInt8(ascii: "0"), at: 0) }
        set(.serial, String(decoding: digits, as: UTF8.self))
    }

    /// A serial in decimal, as Go writes it, becomes hexadecimal.
    mutating func setDecimalSerial() {
        guard let bytes = record[.serial], bytes.count <= 64 else { return }
        var number: [UInt8] = []
        for byte in bytes {
            var carry = Int(byte &- UInt8(ascii: "0"))
            guard carry < 10 else { return }
            for index in number.indices.reversed() {
                carry += Int(number[index]) * 10
                number[index] = UInt8(carry & 0xff)
                carry >>= 8
            }
            if carry > 0 { number.insert(UInt8(carry), at: 0) }
        }
        if number.isEmpty { number = [0] }
        set(.serial, String(decoding: Hexadecimal.upperCase(number), as: UTF8.self))
    }

    /// Dates come as OpenSSL prints them, as RFC 3339, or as the `YYMMDDhhmmss[Z]` of ASN.1 (HAProxy).
    private mutating func setDate(_ key: RecordKey, _ field: LineField) {
        guard let bytes = record[key] else { return }
        let isASN1 = bytes.count == 12 || bytes.count == 13 || bytes.count == 15
        guard isASN1, bytes.dropLast().allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return set(field, bytes) }
        var text = String(decoding: bytes, as: UTF8.self)
        // Two digits of a year: no certificate of today ended before 1950, and none begins after 2049.
        if bytes.count < 15 { text = (key == .notAfter || text < "5" ? "20" : "19") + text }
        let parts = Array(text.utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: parts[range], as: UTF8.self) }
        set(
            field,
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z"
        )
    }

    private mutating func setAlternativeNames() {
        let lists: [(RecordKey, String)] = [
            (.uriNames, "URI:"), (.dnsNames, "DNS:"), (.addressNames, "IP Address:"), (.mailNames, "email:"),
        ]
        guard lists.contains(where: { record[$0.0] != nil }) else { return }
        var text = ""
        for (key, prefix) in lists {
            for name in (record.string(key) ?? "").split(separator: ",") {
                text += (text.isEmpty ? "" : ", ") + prefix + name
            }
        }
        set(.san, text)
    }

    /// PEM in percent encoding, as nginx and Envoy write it.
    private mutating func setPEM() {
        guard let bytes = record[.pem] else { return }
        guard let text = notes.keep(atMost: bytes.count, { PercentEncoding.decode(bytes, into: $0) }) else {
            return event.marks.formUnion(.badCertificate)
        }
        event.fields[LineField.certificatePEM.rawValue] = text
    }

    /// The DER in base64; of several, which a comma parts, the first is the leaf's.
    mutating func setDER() {
        guard let bytes = record[.der] else { return }
        let end = bytes.firstIndex(of: UInt8(ascii: ",")) ?? bytes.count
        let leaf = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        if Base64.size(of: leaf) > LineLimits.contract.certificate {
            event.marks.insert(.certificateTooLarge)
        } else {
            event.fields[LineField.certificateBase64.rawValue] = leaf
        }
    }
}
