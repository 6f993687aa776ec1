public import SafeText

extension ClientCertificate {
    /// Writes the object that Node 20's `new X509Certificate(der).toLegacyObject()` holds, key for key.
    ///
    /// Buffers (`raw`, `pubkey`) are base64. The ``issuers`` follow as nested `issuerCertificate` objects; the last one
    /// has no link to itself. Values are the certificate's own text: only the writer's escaping makes them harmless.
    public func writePeerCertificate(to writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(to: &writer)
        var depth = 0
        for issuer in issuers.prefix(Self.maximumChain) {
            writer.key("issuerCertificate" as StaticString)
            writer.beginObject()
            issuer.writeMembers(to: &writer)
            depth += 1
        }
        for _ in 0...depth { writer.endObject() }
    }

    private func writeMembers(to writer: inout JSONWriter) {
        let handle = try? content.reopen()
        Self.write(subject, as: "subject", to: &writer)
        Self.write(issuer, as: "issuer", to: &writer)
        if let handle {
            Self.writeAlternativeNames(handle.subjectAlternativeNames, to: &writer)
            Self.writeInformationAccess(handle.informationAccess, to: &writer)
        }
        writer.member("ca", isCertificateAuthority)
        if let handle {
            Self.writeKey(handle.publicKeyInfo, to: &writer)
            writer.member("valid_from", handle.notBefore.text)
            writer.member("valid_to", handle.notAfter.text)
        }
        writer.member("fingerprint", sha1.colonHex)
        writer.member("fingerprint256", sha256.colonHex)
        writer.member("fingerprint512", sha512.colonHex)
        if let usage = content.extendedKeyUsage { writer.member("ext_key_usage", usage) }
        writer.member("serialNumber", serialNumber)
        writer.key("raw" as StaticString)
        writer.value(base64: der)
    }

    /// A repeated attribute becomes an array in the certificate's order at the place of its first appearance.
    private static func write(_ name: DistinguishedName, as key: StaticString, to writer: inout JSONWriter) {
        guard name.isReadable else { return }
        var order: [String] = []
        var values: [String: [String]] = [:]
        for attribute in name.attributes {
            if values[attribute.name] == nil { order.append(attribute.name) }
            values[attribute.name, default: []].append(attribute.value)
        }
        writer.key(key)
        writer.beginObject()
        for type in order {
            let list = values[type] ?? []
            writer.key(type)
            if list.count == 1 { writer.value(list[0]) } else { writer.value(list) }
        }
        writer.endObject()
    }

    private static func writeAlternativeNames(
        _ names: X509Handle.Listed<SubjectAlternativeName>,
        to writer: inout JSONWriter
    ) {
        switch names {
        case .absent: break
        case .malformed: writer.nullMember("subjectaltname")
        case .list(let list): writer.member("subjectaltname", list.map(\.text).joined(separator: ", "))
        }
    }

    private static func writeInformationAccess(
        _ access: X509Handle.Listed<(method: String, location: SubjectAlternativeName)>,
        to writer: inout JSONWriter
    ) {
        guard case .list(let list) = access else {
            if case .malformed = access { writer.nullMember("infoAccess") }
            return
        }
        let entries = list.flatMap { InformationAccessText.entries(method: $0.method, location: $0.location) }
        var order: [String] = []
        for entry in entries where !order.contains(entry.key) { order.append(entry.key) }
        writer.key("infoAccess" as StaticString)
        writer.beginObject()
        for key in order {
            writer.key(key)
            writer.value(entries.filter { $0.key == key }.map(\.value))
        }
        writer.endObject()
    }

    private static func writeKey(_ publicKeyInfo: [UInt8], to writer: inout JSONWriter) {
        guard let key = PublicKeyHandle(publicKeyInfo: publicKeyInfo) else { return }
        if let rsa = key.rsa {
            writer.member("modulus", rsa.modulus)
            writer.member("bits", rsa.bits)
            writer.member("exponent", "0x" + String(rsa.exponent, radix: 16))
            writer.key("pubkey" as StaticString)
            writer.value(base64: key.publicKeyInfo)
        } else if let curve = key.ellipticCurve {
            writer.member("bits", curve.bits)
            writer.key("pubkey" as StaticString)
            writer.value(base64: curve.point)
            if let name = curve.curve { writer.member("asn1Curve", name) }
            if let name = curve.nistCurve { writer.member("nistCurve", name) }
        }
    }
}
