import CertCore

extension LineScanner {
    /// Reads the line's own object.
    mutating func scanLine(_ cursor: inout JSONCursor, into draft: inout LineDraft) throws(ScanFailure) {
        var members = try cursor.beginObject()
        while try cursor.nextMember(&members) {
            guard let key = try known(&members, &cursor, KeyScope.line) else {
                draft.event.unknownKeys += 1
                try cursor.skipValue()
                continue
            }
            try scanMember(key, &cursor, into: &draft)
        }
    }

    /// The key that was just read when it means something here; it is refused when the object had it before.
    func known(
        _ members: inout JSONCursor.Members,
        _ cursor: inout JSONCursor,
        _ scope: UInt64
    ) throws(ScanFailure) -> KnownKey? {
        // A key without escapes lies in the line, others in the scratch memory: read no further than each goes.
        let isInLine = members.key.pointer >= cursor.base && members.key.pointer < cursor.base + cursor.end
        let limit = isInLine ? cursor.base + cursor.end : members.key.pointer + members.key.count
        guard let key = table.find(members.key, before: limit), scope & key.bit != 0 else {
            try cursor.keepKey(members)
            return nil
        }
        guard members.seen & key.bit == 0 else {
            throw ScanFailure(.dupKey, at: members.keyOffset, "the object names a key twice")
        }
        members.seen |= key.bit
        return key
    }

    private mutating func scanMember(
        _ key: KnownKey,
        _ cursor: inout JSONCursor,
        into draft: inout LineDraft
    ) throws(ScanFailure) {
        switch key {
        case .event: try scanOutcome(&cursor, into: &draft)
        case .seq: try scanSequence(&cursor, into: &draft)
        case .time: draft.event.time = try scanTime(&cursor, into: &draft)
        case .service: try scanText(.service, &cursor, into: &draft)
        case .source: try scanText(.source, &cursor, into: &draft)
        case .reason: try scanText(.reason, &cursor, into: &draft)
        case .cert: try scanCertificate(&cursor, into: &draft)
        case .req: try scanRequest(&cursor, into: &draft)
        case .tls: try scanTLS(&cursor, into: &draft)
        case .cn: try scanText(.commonName, &cursor, into: &draft, isWeak: true)
        case .fingerprint, .fingerprint256: try scanFingerprint(&cursor, into: &draft, isWeak: true)
        case .method: try scanText(.method, &cursor, into: &draft, isWeak: true)
        case .path, .url: try scanText(.url, &cursor, into: &draft, isWeak: true)
        case .ip: try scanText(.ip, &cursor, into: &draft, isWeak: true)
        case .port: try scanPort(&cursor, into: &draft, isWeak: true)
        default: try scanControl(key, &cursor, into: &draft)
        }
    }

    private func scanControl(
        _ key: KnownKey,
        _ cursor: inout JSONCursor,
        into draft: inout LineDraft
    ) throws(ScanFailure) {
        let value = try control(&cursor)
        switch key {
        case .mtlstop: draft.version = value
        case .producer: draft.producer = value
        case .app: draft.app = value
        case .ack: draft.ack = value
        case .bye: draft.bye = value
        case .drop: draft.drop = value
        case .since: draft.since = value
        default: draft.certificate = value
        }
    }

    private func control(_ cursor: inout JSONCursor) throws(ScanFailure) -> LineDraft.Control {
        let offset = cursor.offset
        var value = LineDraft.Control(kind: .other, offset: offset, text: JSONText(pointer: cursor.base, count: 0))
        switch cursor.next {
        case UInt8(ascii: "\""):
            value.kind = .string
            value.text = try cursor.string()
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
            let number = try cursor.number()
            value.kind = .number
            value.text = number.text
            value.unsigned = number.unsigned
        default:
            let first = cursor.next
            try cursor.skipValue()
            if first == UInt8(ascii: "n") { value.kind = .null }
            if first == UInt8(ascii: "t") || first == UInt8(ascii: "f") { value.kind = .bool }
            value.isTrue = first == UInt8(ascii: "t")
        }
        return value
    }

    private func scanOutcome(_ cursor: inout JSONCursor, into draft: inout LineDraft) throws(ScanFailure) {
        let offset = cursor.offset
        if try cursor.null() { return }
        draft.eventOffset = offset
        guard cursor.next == UInt8(ascii: "\"") else {
            try cursor.skipValue()
            return draft.complain(.wrongType, at: offset, "\"event\" must be a string")
        }
        let name = try cursor.string()
        if name.equals("authenticated") {
            draft.event.outcome = .authenticated
        } else if name.equals("rejected") {
            draft.event.outcome = .rejected
        } else {
            draft.complain(.unknownEvent, at: offset, "\"event\" must be authenticated or rejected")
        }
    }

    private func scanSequence(_ cursor: inout JSONCursor, into draft: inout LineDraft) throws(ScanFailure) {
        let offset = cursor.offset
        var value: UInt64?
        switch cursor.next {
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
            value = try cursor.number().unsigned
        default: try cursor.skipValue()
        }
        draft.event.sequenceRange = offset..<cursor.offset
        guard checksSequence else { return }
        if let value, value > 0 {
            draft.event.sequence = value
        } else {
            draft.complain(.badSeq, at: offset, "\"seq\" must be an integer from 1 to 9223372036854775807")
        }
    }
}
