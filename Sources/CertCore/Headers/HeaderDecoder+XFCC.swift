extension HeaderDecoder {
    /// The certificates of the chosen element, checked against everything else that the element says.
    func forwarded(_ value: [UInt8]) throws(HeaderFailure) -> [ClientCertificate] {
        guard let element = try XFCCHeader(value).element(element) else { throw .malformed }
        let certificate = try element.value(of: .cert)
        let chain = try element.value(of: .chain)
        let hash = try element.value(of: .hash)
        let subject = try element.value(of: .subject)
        // A certificate is never taken from another element: that one speaks of another client.
        guard let text = chain ?? certificate, !text.isEmpty else { throw certificate == nil ? .absent : .malformed }
        let found = try forwardedList(text)
        if chain != nil, let certificate, try forwardedList(certificate).first != found.first { throw .mismatch }
        if let hash { try check(hash: hash, of: found[0]) }
        if let subject { try check(subject: subject, of: found[0]) }
        return found
    }

    private func forwardedList(_ raw: ArraySlice<UInt8>) throws(HeaderFailure) -> [ClientCertificate] {
        let plain = raw.contains(UInt8(ascii: "\\")) ? XFCCHeader.unescaped(raw)[...] : raw
        guard let decoded = PercentEncoding.decode(plain) else { throw .malformed }
        let blocks: [[UInt8]]
        do {
            blocks = try PEMText.certificates(in: decoded)
        } catch {
            throw error.code == .tooMany ? .tooMany : .malformed
        }
        guard let leaf = try? ClientCertificate(der: blocks[0]) else { throw .malformed }
        return [leaf] + blocks.dropFirst().compactMap { try? ClientCertificate(der: $0) }
    }

    /// `Hash` is written by the proxy from the handshake: it unmasks a `Cert` that a hostile name has added.
    private func check(hash: ArraySlice<UInt8>, of leaf: ClientCertificate) throws(HeaderFailure) {
        guard let digest = Hexadecimal.bytes(hash), digest == leaf.sha256.bytes else { throw .mismatch }
    }

    /// The proxy's RFC 2253 text may escape every byte beyond ASCII, ours keeps them.
    private func check(subject: ArraySlice<UInt8>, of leaf: ClientCertificate) throws(HeaderFailure) {
        guard Self.plain(Array(subject)) == Self.plain(Array(leaf.subject.rfc2253.utf8)) else { throw .mismatch }
    }

    /// The text with `\HH` as the byte it stands for and without the backslash before any other character.
    private static func plain(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var position = 0
        while position < text.count {
            guard text[position] == UInt8(ascii: "\\"), position + 1 < text.count else {
                result.append(text[position])
                position += 1
                continue
            }
            if position + 2 < text.count, let high = Hexadecimal.value(of: text[position + 1]),
                let low = Hexadecimal.value(of: text[position + 2])
            {
                result.append(high << 4 | low)
                position += 3
            } else {
                result.append(text[position + 1])
                position += 2
            }
        }
        return result
    }
}
