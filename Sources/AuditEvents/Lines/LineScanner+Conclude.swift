import CertCore

extension LineScanner {
    /// Decides what kind of line it is and whether it is a sound one.
    func conclude(_ draft: LineDraft) throws(ScanFailure) -> ScannedLine {
        if draft.eventOffset != nil {
            if let complaint = draft.complaint { throw complaint }
            return .event(draft.event)
        }
        if let version = draft.version { return .hello(try hello(version, draft)) }
        if let bye = draft.bye {
            guard bye.kind == .number || bye.kind == .bool else {
                throw ScanFailure(.wrongType, at: bye.offset, "\"bye\" must be 1")
            }
            return .bye
        }
        if let drop = draft.drop { return try loss(drop, draft) }
        if let certificate = draft.certificate {
            guard certificate.kind == .string else {
                throw ScanFailure(.wrongType, at: certificate.offset, "\"certificate\" must be base64 text")
            }
            return .certificate(certificate.text.bytes)
        }
        throw ScanFailure(.missingField, at: draft.event.objectOffset, "the line has no \"event\"")
    }

    private func hello(_ version: LineDraft.Control, _ draft: LineDraft) throws(ScanFailure) -> Hello {
        guard version.kind == .number, let number = version.unsigned else {
            throw ScanFailure(.badHello, at: version.offset, "\"mtlstop\" must be the protocol's version, 1")
        }
        guard number == 1 else {
            throw ScanFailure(.unknownVersion, at: version.offset, "only version 1 of the protocol is spoken here")
        }
        var ack = false
        if let wanted = draft.ack, wanted.kind != .null {
            guard wanted.kind == .bool else {
                throw ScanFailure(.badHello, at: wanted.offset, "\"ack\" must be true or false")
            }
            ack = wanted.isTrue
        }
        let producer = try producer(draft.producer)
        if ack, producer == nil {
            throw ScanFailure(.badHello, at: version.offset, "a hello with \"ack\" needs a \"producer\"")
        }
        return Hello(version: 1, producer: producer, app: try application(draft.app), ack: ack)
    }

    private func producer(_ value: LineDraft.Control?) throws(ScanFailure) -> String? {
        guard let value, value.kind != .null else { return nil }
        guard value.kind == .string, ProducerID.isValid(value.text.bytes) else {
            throw ScanFailure(.badHello, at: value.offset, "\"producer\" must be a UUID")
        }
        return value.text.string.lowercased()
    }

    private func application(_ value: LineDraft.Control?) throws(ScanFailure) -> String? {
        guard let value, value.kind != .null else { return nil }
        guard value.kind == .string, value.text.count <= limits.string else {
            throw ScanFailure(.badHello, at: value.offset, "\"app\" must be a string")
        }
        return value.text.string
    }

    private func loss(_ drop: LineDraft.Control, _ draft: LineDraft) throws(ScanFailure) -> ScannedLine {
        guard drop.kind == .number, let count = drop.unsigned else {
            throw ScanFailure(.wrongType, at: drop.offset, "\"drop\" must be a number of events")
        }
        guard let since = draft.since, since.kind != .null else { return .drop(count: count, since: nil) }
        let time =
            switch since.kind {
            case .string: Timestamp(rfc3339: since.text.bytes)
            case .number: EpochNumber.time(since.text)
            default: Timestamp?.none
            }
        guard let time, EpochNumber.range.contains(time.milliseconds) else {
            throw ScanFailure(.badTime, at: since.offset, "\"since\" cannot be read as a time of 1970 to 9999")
        }
        return .drop(count: count, since: time)
    }
}
