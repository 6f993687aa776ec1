import CertCore

extension LineScanner {
    /// Reads a string into a field, cut at the limit; null leaves the field as it is.
    ///
    /// A weak value, one of the flat form, gives way to one of the full form wherever that stands in the line.
    func scanText(
        _ field: LineField,
        _ cursor: inout JSONCursor,
        into draft: inout LineDraft,
        isWeak: Bool = false
    ) throws(ScanFailure) {
        guard let text = try textValue(&cursor, into: &draft) else { return }
        let slot = fields + field.rawValue
        if isWeak, slot.pointee != nil { return }
        slot.pointee = cut(text, &draft)
    }

    /// The string at the place; nil for null and, with a complaint, for anything else.
    func textValue(_ cursor: inout JSONCursor, into draft: inout LineDraft) throws(ScanFailure) -> JSONText? {
        let offset = cursor.offset
        if cursor.next == UInt8(ascii: "\"") { return try cursor.string() }
        if try cursor.null() { return nil }
        try cursor.skipValue()
        draft.complain(.wrongType, at: offset, "a string was expected")
        return nil
    }

    func boolValue(_ cursor: inout JSONCursor, into draft: inout LineDraft) throws(ScanFailure) -> Bool? {
        let offset = cursor.offset
        let first = cursor.next
        try cursor.skipValue()
        switch first {
        case UInt8(ascii: "t"): return true
        case UInt8(ascii: "f"): return false
        case UInt8(ascii: "n"): return nil
        default:
            draft.complain(.wrongType, at: offset, "true or false was expected")
            return nil
        }
    }

    /// The bytes of a text, cut at the limit on the border of a scalar.
    func cut(_ text: JSONText, _ draft: inout LineDraft) -> UnsafeRawBufferPointer {
        guard text.count > limits.string else { return text.bytes }
        var count = limits.string
        while count > 0, text.pointer[count] & 0xc0 == 0x80 { count -= 1 }
        draft.event.marks.insert(.cutString)
        return UnsafeRawBufferPointer(start: text.pointer, count: count)
    }

    func scanPort(
        _ cursor: inout JSONCursor,
        into draft: inout LineDraft,
        isWeak: Bool = false
    ) throws(ScanFailure) {
        let offset = cursor.offset
        if try cursor.null() { return }
        var port: UInt64?
        if let first = cursor.next, first &- UInt8(ascii: "0") < 10 {
            port = try cursor.number().unsigned
        } else {
            try cursor.skipValue()
        }
        guard let port, port <= 65535 else {
            return draft.complain(.wrongType, at: offset, "a port from 0 to 65535 was expected")
        }
        if !isWeak || draft.event.port == nil { draft.event.port = Int32(port) }
    }

    /// A time: RFC 3339, or a number of seconds (below 1e11) or milliseconds since 1970; nil for null.
    func scanTime(_ cursor: inout JSONCursor, into draft: inout LineDraft) throws(ScanFailure) -> Timestamp? {
        let offset = cursor.offset
        var time: Timestamp?
        switch cursor.next {
        case UInt8(ascii: "\""): time = Timestamp(rfc3339: try cursor.string().bytes)
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
            time = EpochNumber.time(try cursor.number().text)
        default:
            if try cursor.null() { return nil }
            try cursor.skipValue()
            draft.complain(.wrongType, at: offset, "a time must be a string or a number")
            return nil
        }
        guard let time, EpochNumber.range.contains(time.milliseconds) else {
            draft.complain(.badTime, at: offset, "the time cannot be read or is outside of 1970 to 9999")
            return nil
        }
        return time
    }

    // MARK: Objects of the full form

    /// Starts the object at the place; false for null and, with a complaint, for anything else.
    func opens(_ cursor: inout JSONCursor, into draft: inout LineDraft) throws(ScanFailure) -> Bool {
        let offset = cursor.offset
        if cursor.next == UInt8(ascii: "{") { return true }
        if try cursor.null() { return false }
        try cursor.skipValue()
        draft.complain(.wrongType, at: offset, "an object was expected")
        return false
    }

    func scanRequest(_ cursor: inout JSONCursor, into draft: inout LineDraft) throws(ScanFailure) {
        guard try opens(&cursor, into: &draft) else { return }
        var members = try cursor.beginObject()
        while try cursor.nextMember(&members) {
            switch try known(&members, &cursor, KeyScope.request) {
            case .method: try scanText(.method, &cursor, into: &draft)
            case .url: try scanText(.url, &cursor, into: &draft)
            case .path: try scanText(.url, &cursor, into: &draft, isWeak: true)
            case .ip: try scanText(.ip, &cursor, into: &draft)
            case .port: try scanPort(&cursor, into: &draft)
            case .host: try scanText(.host, &cursor, into: &draft)
            case .userAgent: try scanText(.userAgent, &cursor, into: &draft)
            default:
                draft.event.unknownKeys += 1
                try cursor.skipValue()
            }
        }
    }

    func scanTLS(_ cursor: inout JSONCursor, into draft: inout LineDraft) throws(ScanFailure) {
        guard try opens(&cursor, into: &draft) else { return }
        var members = try cursor.beginObject()
        while try cursor.nextMember(&members) {
            switch try known(&members, &cursor, KeyScope.tls) {
            case .authorized: draft.event.authorized = try boolValue(&cursor, into: &draft)
            case .authorizationError: try scanText(.authorizationError, &cursor, into: &draft)
            case .proto: try scanText(.protocolVersion, &cursor, into: &draft)
            case .cipher: try scanText(.cipher, &cursor, into: &draft)
            case .resumed: draft.event.resumed = try boolValue(&cursor, into: &draft)
            case .servername: try scanText(.serverName, &cursor, into: &draft)
            default:
                draft.event.unknownKeys += 1
                try cursor.skipValue()
            }
        }
    }
}
