/// Turns header values into certificates; the time is linear in the length of the values.
struct HeaderDecoder {
    let encoding: HeaderEncoding
    let maximumSize: Int
    let element: XFCCElementChoice
    /// Whether the leaf header may be a list whose first entry is the leaf (`base64-der` only).
    let allowsList: Bool
    /// Where decoded values are remembered.
    var cache: CertificateCache?

    /// The leaf and what came with it in the same header.
    ///
    /// The first entry is the leaf and must be readable; later entries that are no certificates are dropped.
    func leaf(_ value: String) throws(HeaderFailure) -> [ClientCertificate] {
        guard let cache else { return try decodedLeaf(value) }
        return try cache.certificates(value, context(room: nil)) { () throws(HeaderFailure) in try decodedLeaf(value) }
    }

    private func context(room: Int?) -> CertificateCache.Context {
        CertificateCache.Context(encoding: encoding, element: element, allowsList: allowsList, room: room)
    }

    private func decodedLeaf(_ value: String) throws(HeaderFailure) -> [ClientCertificate] {
        let bytes = ASCII.trimmed(try limited(value)[...])
        guard !bytes.isEmpty else { throw .absent }
        switch encoding {
        case .urlPEM, .urlPEMAWS: return try certificates(percentEncodedPEM(bytes))
        case .pemSpaces: return try certificates(pem(Array(bytes), layout: .spaces))
        case .xfcc: return try forwarded(Array(bytes))
        case .base64DER:
            return try certificates(base64List(bytes, limit: allowsList ? ClientCertificate.maximumChain : 1))
        case .rfc9440: return try certificates([byteSequence(bytes)])
        }
    }

    /// The certificates of a chain header: a list in the same encoding, without the leaf; bad entries are dropped.
    func chain(_ value: String, room: Int) throws(HeaderFailure) -> [ClientCertificate] {
        guard let cache, !value.isEmpty else { return try decodedChain(value, room: room) }
        return try cache.certificates(value, context(room: room)) { () throws(HeaderFailure) in
            try decodedChain(value, room: room)
        }
    }

    private func decodedChain(_ value: String, room: Int) throws(HeaderFailure) -> [ClientCertificate] {
        let bytes = ASCII.trimmed(try limited(value)[...])
        guard !bytes.isEmpty else { return [] }
        if encoding == .xfcc { return try forwarded(Array(bytes)) }
        let entries = try entries(of: bytes, maximum: room)
        var result: [ClientCertificate] = []
        for entry in entries {
            do throws(HeaderFailure) {
                let decoded = try chainEntry(ASCII.trimmed(entry))
                guard result.count + decoded.count <= room else { throw .tooMany }
                result += decoded.compactMap { try? ClientCertificate(der: $0) }
            } catch {
                if error == .tooMany { throw error }
            }
        }
        return result
    }

    private func chainEntry(_ entry: ArraySlice<UInt8>) throws(HeaderFailure) -> [[UInt8]] {
        switch encoding {
        case .urlPEM, .urlPEMAWS: try percentEncodedPEM(entry)
        case .pemSpaces: try pem(Array(entry), layout: .spaces)
        case .base64DER: try base64List(entry, limit: 1)
        case .rfc9440: [try byteSequence(entry)]
        case .xfcc: []
        }
    }

    private func limited(_ value: String) throws(HeaderFailure) -> [UInt8] {
        guard value.utf8.count <= maximumSize else { throw .tooLarge }
        return Array(value.utf8)
    }

    private func certificates(_ list: [[UInt8]]) throws(HeaderFailure) -> [ClientCertificate] {
        guard let first = list.first, let leaf = try? ClientCertificate(der: first) else { throw .malformed }
        return [leaf] + list.dropFirst().compactMap { try? ClientCertificate(der: $0) }
    }

    private func percentEncodedPEM(_ bytes: ArraySlice<UInt8>) throws(HeaderFailure) -> [[UInt8]] {
        guard let decoded = PercentEncoding.decode(bytes) else { throw .malformed }
        return try pem(decoded, layout: .lines)
    }

    private func pem(_ bytes: [UInt8], layout: PEMText.Layout) throws(HeaderFailure) -> [[UInt8]] {
        do {
            return try PEMText.certificates(in: bytes, layout: layout)
        } catch {
            throw error.code == .tooMany ? .tooMany : .malformed
        }
    }

    private func base64List(_ bytes: ArraySlice<UInt8>, limit: Int) throws(HeaderFailure) -> [[UInt8]] {
        let entries = try entries(of: bytes, maximum: ClientCertificate.maximumChain)
        guard entries.count <= limit, let first = Base64.decode(ASCII.trimmed(entries[0])), !first.isEmpty
        else { throw .malformed }
        return [first] + entries.dropFirst().compactMap { Base64.decode(ASCII.trimmed($0)) }
    }

    /// The entries of a comma list; they are counted before anything is made of them.
    private func entries(of bytes: ArraySlice<UInt8>, maximum: Int) throws(HeaderFailure) -> [ArraySlice<UInt8>] {
        let comma = UInt8(ascii: ",")
        var commas = 0
        bytes.withUnsafeBufferPointer { for byte in $0 where byte == comma { commas += 1 } }
        guard commas < maximum else { throw .tooMany }
        return bytes.split(separator: comma, omittingEmptySubsequences: false)
    }

    /// One Byte Sequence without parameters (RFC 8941 section 3.3.5).
    private func byteSequence(_ bytes: ArraySlice<UInt8>) throws(HeaderFailure) -> [UInt8] {
        let colon = UInt8(ascii: ":")
        guard bytes.count > 2, bytes.first == colon, bytes.last == colon,
            let decoded = Base64.decode(bytes.dropFirst().dropLast(), padding: .optional)
        else { throw .malformed }
        return decoded
    }
}
