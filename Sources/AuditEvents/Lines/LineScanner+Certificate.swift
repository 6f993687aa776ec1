extension LineScanner {
    /// Reads `cert`: null, `{}`, Node's PeerCertificate with or without its bytes, PEM, or fingerprints only.
    func scanCertificate(_ cursor: inout JSONCursor, into draft: inout LineDraft) throws(ScanFailure) {
        guard try opens(&cursor, into: &draft) else { return }
        var members = try cursor.beginObject()
        while try cursor.nextMember(&members) {
            switch try known(&members, &cursor, KeyScope.certificate) {
            case .subject: draft.event.subjectIsObject = try scanName(.subject, &cursor, into: &draft)
            case .issuer: draft.event.issuerIsObject = try scanName(.issuer, &cursor, into: &draft)
            case .subjectaltname: try scanText(.san, &cursor, into: &draft)
            case .validFrom: try scanText(.notBefore, &cursor, into: &draft)
            case .validTo: try scanText(.notAfter, &cursor, into: &draft)
            case .serialNumber: try scanText(.serial, &cursor, into: &draft)
            case .fingerprint, .fingerprint256: try scanFingerprint(&cursor, into: &draft)
            case .raw: keepLeaf(try scanRaw(&cursor, into: &draft))
            case .pem: keepLeaf(try scanPEM(&cursor, into: &draft))
            case .issuerCertificate: try scanIssuers(&cursor, into: &draft)
            case .some: try cursor.skipValue()
            case .none:
                draft.event.unknownKeys += 1
                try cursor.skipValue()
            }
        }
    }

    private func keepLeaf(_ view: CertificateView?) {
        guard let view else { return }
        let field: LineField =
            switch view.form {
            case .base64: .certificateBase64
            case .der: .certificateDER
            case .pem: .certificatePEM
            }
        fields[field.rawValue] = view.bytes
    }

    /// Reads a name: Node's object, kept as JSON text, or plain text; returns whether it is an object.
    private func scanName(
        _ field: LineField,
        _ cursor: inout JSONCursor,
        into draft: inout LineDraft
    ) throws(ScanFailure) -> Bool {
        guard cursor.next == UInt8(ascii: "{") else {
            try scanText(field, &cursor, into: &draft)
            return false
        }
        let start = cursor.offset
        var members = try cursor.beginObject()
        while try cursor.nextMember(&members) {
            if try known(&members, &cursor, KeyScope.name) != nil, field == .subject {
                try scanCommonName(&cursor, into: &draft)
            } else {
                try cursor.skipValue()
            }
        }
        fields[field.rawValue] = UnsafeRawBufferPointer(start: cursor.base + start, count: cursor.offset - start)
        return true
    }

    /// Reads the common name; of several the first, which is what people call the certificate by.
    private func scanCommonName(_ cursor: inout JSONCursor, into draft: inout LineDraft) throws(ScanFailure) {
        if cursor.next == UInt8(ascii: "\"") { return try scanText(.commonName, &cursor, into: &draft) }
        guard cursor.next == UInt8(ascii: "[") else { return try cursor.skipValue() }
        try cursor.enter()
        var isFirst = true
        while try cursor.nextElement(isFirst: isFirst) {
            if isFirst, cursor.next == UInt8(ascii: "\"") {
                try scanText(.commonName, &cursor, into: &draft)
            } else {
                try cursor.skipValue()
            }
            isFirst = false
        }
    }

    /// Reads a fingerprint and files it by its length; the key's name does not matter.
    func scanFingerprint(
        _ cursor: inout JSONCursor,
        into draft: inout LineDraft,
        isWeak: Bool = false
    ) throws(ScanFailure) {
        guard let text = try textValue(&cursor, into: &draft), text.count > 0 else { return }
        let field: LineField
        switch Hexadecimal.digits(in: text.bytes) {
        case 40: field = .fingerprint1
        case 64: field = .fingerprint256
        default: return draft.event.marks.formUnion(.badCertificate)
        }
        if isWeak, fields[field.rawValue] != nil { return }
        fields[field.rawValue] = text.bytes
    }

    /// Reads `raw`: base64 text or Node's Buffer JSON; nil for null and for what cannot be a certificate.
    private func scanRaw(
        _ cursor: inout JSONCursor,
        into draft: inout LineDraft
    ) throws(ScanFailure) -> CertificateView? {
        if cursor.next == UInt8(ascii: "{") { return try scanBuffer(&cursor, into: &draft) }
        guard let text = try textValue(&cursor, into: &draft), text.count > 0 else { return nil }
        return limited(CertificateView(form: .base64, bytes: text.bytes), Base64.size(of: text.bytes), &draft)
    }

    private func scanPEM(
        _ cursor: inout JSONCursor,
        into draft: inout LineDraft
    ) throws(ScanFailure) -> CertificateView? {
        guard let text = try textValue(&cursor, into: &draft), text.count > 0 else { return nil }
        // The text may hold a whole chain; how large its first certificate is shows when it is decoded.
        return CertificateView(form: .pem, bytes: text.bytes)
    }

    private func limited(_ view: CertificateView, _ size: Int, _ draft: inout LineDraft) -> CertificateView? {
        guard size > limits.certificate else { return view }
        draft.event.marks.insert(.certificateTooLarge)
        return nil
    }

    /// Reads `{"type":"Buffer","data":[48,130,…]}`.
    private func scanBuffer(
        _ cursor: inout JSONCursor,
        into draft: inout LineDraft
    ) throws(ScanFailure) -> CertificateView? {
        var members = try cursor.beginObject()
        var data: JSONText?
        while try cursor.nextMember(&members) {
            switch try known(&members, &cursor, KeyScope.buffer) {
            case .data where cursor.next == UInt8(ascii: "["): data = try scanBytes(&cursor)
            default: try cursor.skipValue()
            }
        }
        guard let data, data.count > 0 else {
            draft.event.marks.insert(.badCertificate)
            return nil
        }
        return limited(CertificateView(form: .der, bytes: data.bytes), data.count, &draft)
    }

    /// Reads an array of bytes into the scratch memory; nil when an element is none.
    private func scanBytes(_ cursor: inout JSONCursor) throws(ScanFailure) -> JSONText? {
        try cursor.enter()
        let target = cursor.scratchEnd
        var count = 0
        var isSound = true
        var isFirst = true
        while try cursor.nextElement(isFirst: isFirst) {
            isFirst = false
            guard let first = cursor.next, first &- UInt8(ascii: "0") < 10 else {
                isSound = false
                try cursor.skipValue()
                continue
            }
            if let value = try cursor.number().unsigned, value < 256, isSound {
                target[count] = UInt8(value)
                count += 1
            } else {
                isSound = false
            }
        }
        return isSound ? cursor.takeScratch(count) : nil
    }

    /// Reads the chain behind `issuerCertificate`, nearest issuer first.
    private func scanIssuers(_ cursor: inout JSONCursor, into draft: inout LineDraft) throws(ScanFailure) {
        guard try opens(&cursor, into: &draft) else { return }
        var members = try cursor.beginObject()
        var view: CertificateView?
        let position = draft.event.issuerCount
        // The place of this issuer is taken before its own issuer is read.
        draft.event.issuerCount = min(position + 1, limits.issuers)
        while try cursor.nextMember(&members) {
            switch try known(&members, &cursor, KeyScope.certificate) {
            case .raw: view = try scanRaw(&cursor, into: &draft) ?? view
            case .pem: view = try scanPEM(&cursor, into: &draft) ?? view
            case .issuerCertificate: try scanIssuers(&cursor, into: &draft)
            default: try cursor.skipValue()
            }
        }
        keepIssuer(view, at: position, &draft)
    }

    private func keepIssuer(_ view: CertificateView?, at position: Int, _ draft: inout LineDraft) {
        guard position < limits.issuers else {
            if view != nil { draft.event.marks.insert(.cutChain) }
            return
        }
        if let view {
            (issuers + position).initialize(to: view)
        } else {
            // Without its bytes an issuer is no link of the chain, nor is anything behind it.
            draft.event.issuerCount = position
        }
    }
}
