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

    /// The same object as JSON text.
    public func peerCertificateJSON() -> String {
        var writer = JSONWriter(capacity: 4 * der.count + 512)
        writePeerCertificate(to: &writer)
        return writer.string
    }

    private func writeMembers(to writer: inout JSONWriter) {
        Self.write(subject, as: "subject", to: &writer)
        Self.write(issuer, as: "issuer", to: &writer)
        let view = PeerCertificateView(content)
        if let view {
            Self.writeAlternativeNames(view.alternativeNames, to: &writer)
            Self.writeInformationAccess(view.informationAccess, to: &writer)
        }
        writer.member("ca", isCertificateAuthority)
        if let view {
            Self.writeKey(view.publicKeyInfo, to: &writer)
            writer.member("valid_from", view.notBefore)
            writer.member("valid_to", view.notAfter)
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
        let values = GroupedValues(name.attributes.map { ($0.name, $0.value) })
        writer.key(key)
        writer.beginObject()
        for (type, list) in values.groups {
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
        _ access: X509Handle.Listed<CommonExtensions.Access>,
        to writer: inout JSONWriter
    ) {
        guard case .list(let list) = access else {
            if case .malformed = access { writer.nullMember("infoAccess") }
            return
        }
        let entries = list.flatMap { InformationAccessText.entries(method: $0.method, location: $0.location) }
        writer.key("infoAccess" as StaticString)
        writer.beginObject()
        for (key, values) in GroupedValues(entries.map { ($0.key, $0.value) }).groups {
            writer.key(key)
            writer.value(values)
        }
        writer.endObject()
    }

    private static func writeKey(_ publicKeyInfo: [UInt8], to writer: inout JSONWriter) {
        switch CommonPublicKey(publicKeyInfo: publicKeyInfo) {
        case .rsa(let key): write(key, encoded: publicKeyInfo, to: &writer)
        case .ellipticCurve(let key): write(key, to: &writer)
        case nil:
            guard let key = PublicKeyHandle(publicKeyInfo: publicKeyInfo) else { return }
            if let rsa = key.rsa {
                write(rsa, encoded: key.publicKeyInfo, to: &writer)
            } else if let curve = key.ellipticCurve {
                write(curve, to: &writer)
            }
        }
    }

    private static func write(_ key: PublicKeyNumbers.RSA, encoded: [UInt8], to writer: inout JSONWriter) {
        writer.member("modulus", key.modulus)
        writer.member("bits", key.bits)
        writer.member("exponent", "0x" + String(key.exponent, radix: 16))
        writer.key("pubkey" as StaticString)
        writer.value(base64: encoded)
    }

    private static func write(_ key: PublicKeyNumbers.EllipticCurve, to writer: inout JSONWriter) {
        writer.member("bits", key.bits)
        writer.key("pubkey" as StaticString)
        writer.value(base64: key.point)
        if let name = key.curve { writer.member("asn1Curve", name) }
        if let name = key.nistCurve { writer.member("nistCurve", name) }
    }
}
