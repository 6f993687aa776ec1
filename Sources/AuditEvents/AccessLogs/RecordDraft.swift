import CertCore

/// An event in the making: what a mapping turns a record into.
struct RecordDraft {
    var event: ScannedEvent
    /// What the record says.
    let record: RecordValues
    let notes: RecordNotes
    /// The longest text that is kept.
    let limit: Int
    /// Why the record is no event after all.
    private(set) var problem: LineError?

    init(event: ScannedEvent, record: RecordValues, notes: RecordNotes, limit: Int) {
        self.event = event
        self.record = record
        self.notes = notes
        self.limit = limit
    }

    // MARK: Outcome

    /// The proxy's TLS layer trusted the certificate; nil when the log does not tell whether it looked.
    mutating func accept(isVerified: Bool?) {
        event.outcome = .authenticated
        event.authorized = isVerified
    }

    /// The proxy said why not, in words or a code that ``RejectionFinding`` knows.
    mutating func reject(_ reason: UnsafeRawBufferPointer?) {
        event.outcome = .rejected
        event.authorized = false
        set(.reason, reason)
        set(.authorizationError, reason)
    }

    /// As ``reject(_:)`` with a text of our own or one that was put together.
    mutating func reject(_ reason: String) {
        reject(notes.keep(reason))
    }

    /// The client sent no certificate.
    mutating func rejectWithoutCertificate() {
        reject("ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE")
    }

    /// The certificate was good; the proxy's policy was not content with it.
    mutating func refuse(_ reason: UnsafeRawBufferPointer?) {
        event.outcome = .rejected
        event.authorized = true
        set(.reason, reason)
    }

    // MARK: Fields

    /// Sets a text, cut at the limit on the border of a scalar.
    mutating func set(_ field: LineField, _ bytes: UnsafeRawBufferPointer?) {
        guard let bytes, !bytes.isEmpty else { return }
        var count = min(bytes.count, limit)
        if count < bytes.count {
            while count > 0, bytes[count] & 0xc0 == 0x80 { count -= 1 }
            event.marks.insert(.cutString)
        }
        event.fields[field.rawValue] = UnsafeRawBufferPointer(rebasing: bytes[..<count])
    }

    /// Sets a field to a text of our own.
    mutating func set(_ field: LineField, _ text: String) {
        set(field, notes.keep(text))
    }

    /// Sets a field to what the record says, unless that is nothing.
    mutating func copy(_ key: RecordKey, to field: LineField) {
        set(field, record[key])
    }

    /// Sets the event's time; one that cannot be read makes the record a bad one.
    mutating func setTime(_ key: RecordKey) {
        guard let bytes = record[key] else { return }
        let time = Timestamp(rfc3339: bytes) ?? Self.epoch(bytes)
        if let time, EpochNumber.range.contains(time.milliseconds) {
            event.time = time
        } else {
            problem = LineError(code: .badTime, message: "the time cannot be read or is outside of 1970 to 9999")
        }
    }

    private static func epoch(_ bytes: UnsafeRawBufferPointer) -> Timestamp? {
        let isNumber = bytes.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: ".") }
        guard isNumber, let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return nil }
        return EpochNumber.time(JSONText(pointer: start, count: bytes.count))
    }

    /// What most proxies tell alike.
    mutating func takeRequest(source: StaticString) {
        set(.source, UnsafeRawBufferPointer(start: source.utf8Start, count: source.utf8CodeUnitCount))
        setTime(.time)
        for (key, field) in Self.requestFields { copy(key, to: field) }
        if let port = record.number(.port), port <= 65535 { event.port = Int32(port) }
        if event.bytes(.ip) == nil, let address = record[.address] { setAddress(address) }
        event.resumed = record.truth(.reused)
    }

    private static let requestFields: [(RecordKey, LineField)] = [
        (.ip, .ip), (.method, .method), (.uri, .url), (.host, .host), (.userAgent, .userAgent), (.service, .service),
        (.serverName, .serverName), (.protocolName, .protocolVersion), (.cipher, .cipher),
    ]

    /// `10.0.0.1:443` or `[2001:db8::1]:443`.
    mutating func setAddress(_ text: UnsafeRawBufferPointer) {
        guard let colon = text.lastIndex(of: UInt8(ascii: ":")) else { return set(.ip, text) }
        var host = text[..<colon]
        let digits = UnsafeRawBufferPointer(rebasing: text[(colon + 1)...])
        if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") { host = host.dropFirst().dropLast() }
        set(.ip, UnsafeRawBufferPointer(rebasing: host))
        if let port = Int32(String(decoding: digits, as: UTF8.self)), (0...65535).contains(port) { event.port = port }
    }
}
