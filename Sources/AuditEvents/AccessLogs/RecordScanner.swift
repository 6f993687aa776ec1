package import CertCore

/// Reads what proxies log: JSON access logs, nginx's error log, and events in our own form.
///
/// What it returns is a view into the record or into its own memory and is valid until the next scan. A record that
/// says nothing about client certificates (a request without TLS, any other log message) gives `empty`. Not for use by
/// two threads at a time.
package struct RecordScanner: ~Copyable {
    /// Keys of one object; an access log with all headers has more than a hook's line.
    private static let keys = 256

    private var lines = LineScanner()
    private let table = RecordNameTable()
    private let values: UnsafeMutablePointer<RecordValues.Value>
    private let kept: UnsafeMutablePointer<JSONText>
    private let limits = LineLimits.contract
    private var notes = RecordNotes()
    private var scratch: UnsafeMutablePointer<UInt8>
    private var scratchSize = 4096
    private var repaired: [UInt8] = []

    /// A scanner with its memory, about 200 KiB that grow with the longest record seen, up to the limit of a line.
    package init() {
        values = .allocate(capacity: RecordKey.allCases.count)
        values.initialize(repeating: .absent, count: RecordKey.allCases.count)
        kept = .allocate(capacity: limits.depth * Self.keys)
        scratch = .allocate(capacity: scratchSize)
    }

    deinit {
        values.deallocate()
        kept.deallocate()
        scratch.deallocate()
    }

    /// What the record says.
    ///
    /// - Parameter headerTime: The time of the header the record came in; used when the record has none of its own.
    package mutating func scan(
        _ record: UnsafeRawBufferPointer,
        headerTime: Timestamp? = nil
    ) throws(LineError) -> ScannedLine {
        let line = try read(record)
        guard case .event(var event) = line else { return line }
        if event.time == nil, let headerTime, EpochNumber.range.contains(headerTime.milliseconds) {
            event.time = headerTime
        }
        return .event(event)
    }

    private mutating func read(_ record: UnsafeRawBufferPointer) throws(LineError) -> ScannedLine {
        guard record.count <= limits.line else {
            throw LineError(code: .lineTooLong, message: "a record has at most \(limits.line) bytes")
        }
        let isValid = UTF8Check.firstInvalid(in: record) == nil
        let text = isValid ? record : repair(record)
        guard let first = text.first(where: { $0 > 0x20 }) else { return .empty }
        guard first == UInt8(ascii: "{") else { return try scanText(text, isRepaired: !isValid) }
        do throws(ScanFailure) {
            try collect(text)
        } catch {
            throw LineError(
                code: error.kind.code,
                column: error.offset + 1,
                message: String(describing: error.message)
            )
        }
        if RecordValues(values: values).has(.event) { return try lines.scan(record) }
        return try map(isRepaired: !isValid)
    }

    /// The views must outlive this call, so the copy goes to memory of our own.
    private mutating func repair(_ record: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        repaired.removeAll(keepingCapacity: true)
        UTF8Check.repair(record, into: &repaired)
        reserve(2 * repaired.count + 16)
        let copy = UnsafeMutableRawBufferPointer(start: scratch + scratchSize / 2, count: repaired.count)
        copy.copyBytes(from: repaired)
        return UnsafeRawBufferPointer(copy)
    }

    private mutating func reserve(_ size: Int) {
        guard size > scratchSize else { return }
        scratch.deallocate()
        scratchSize = max(size, 2 * scratchSize)
        scratch = .allocate(capacity: scratchSize)
    }

    // MARK: Members

    private mutating func collect(_ text: UnsafeRawBufferPointer) throws(ScanFailure) {
        // Repaired text lies in the upper half of the scratch memory, which is then large enough for both.
        let start = UnsafeMutableRawPointer(scratch)
        let isRepaired = text.baseAddress.map { $0 >= start && $0 < start + scratchSize } ?? false
        if !isRepaired { reserve(text.count) }
        for index in 0..<RecordKey.allCases.count { values[index] = .absent }
        var cursor = JSONCursor(
            text: text,
            scratch: scratch,
            kept: kept,
            maxDepth: limits.depth,
            maxKeys: Self.keys
        )
        cursor.skipSpace()
        try collect(&cursor, in: .record)
        cursor.skipSpace()
        guard cursor.offset == cursor.end else { throw cursor.failure("something follows the object") }
    }

    private func collect(_ cursor: inout JSONCursor, in scope: RecordName.Scope) throws(ScanFailure) {
        var members = try cursor.beginObject()
        var seen = RecordNameSet()
        while try cursor.nextMember(&members) {
            guard let index = table.find(members.key, in: scope) else {
                try cursor.skipValue()
                continue
            }
            let key = table.names[index].key
            let isAgain = !seen.insert(index)
            if !isAgain, cursor.next == UInt8(ascii: "{"), let inner = Self.scope(of: key) {
                values[Int(key.rawValue)].kind = .yes
                try collect(&cursor, in: inner)
            } else if try !take(&cursor, key, isAgain: isAgain) {
                throw ScanFailure(.dupKey, at: members.keyOffset, "the object names a key twice, with two values")
            }
        }
    }

    private static func scope(of key: RecordKey) -> RecordName.Scope? {
        switch key {
        case .request: .request
        case .tls: .tls
        default: nil
        }
    }

    /// Takes a value; of two names for one key the first that says something counts.
    ///
    /// Log libraries name a key again when two layers add it: as long as it says the same, no reader is misled. False
    /// when it does not.
    private func take(_ cursor: inout JSONCursor, _ key: RecordKey, isAgain: Bool) throws(ScanFailure) -> Bool {
        var value = RecordValues.Value.absent
        switch cursor.next {
        case UInt8(ascii: "\""): value = .init(kind: .string, text: try cursor.string())
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
            value = .init(kind: .number, text: try cursor.number().text)
        default:
            if cursor.next == UInt8(ascii: "t") { value.kind = .yes }
            if cursor.next == UInt8(ascii: "f") { value.kind = .no }
            try cursor.skipValue()
        }
        let slot = values + Int(key.rawValue)
        if isAgain { return slot.pointee.kind == value.kind && slot.pointee.text.equals(value.text) }
        if slot.pointee.kind == .absent || slot.pointee.text.count == 0 { slot.pointee = value }
        return true
    }

    // MARK: Meaning

    private mutating func map(isRepaired: Bool) throws(LineError) -> ScannedLine {
        let values = RecordValues(values: values)
        guard let program = RecordProgram(of: values) else {
            throw LineError(code: .missingField, message: "neither an event nor a record of a known access log")
        }
        var draft = try draft(values, isRepaired)
        guard program.map(&draft) else { return .empty }
        if let problem = draft.problem { throw problem }
        return .event(draft.event)
    }

    private mutating func scanText(
        _ text: UnsafeRawBufferPointer,
        isRepaired: Bool
    ) throws(LineError) -> ScannedLine {
        for index in 0..<RecordKey.allCases.count { values[index] = .absent }
        var draft = try draft(RecordValues(values: values), isRepaired)
        guard let line = NginxErrorLine(text) else {
            throw LineError(code: .badJSON, message: "neither JSON nor a line of an error log that is known here")
        }
        switch line.map(&draft) {
        case .nothing: return .empty
        case .lostRecord: return .drop(count: 1, since: draft.event.time)
        case .event: return .event(draft.event)
        }
    }

    private mutating func draft(_ values: RecordValues, _ isRepaired: Bool) throws(LineError) -> RecordDraft {
        for index in 0..<LineField.allCases.count { lines.fields[index] = nil }
        notes.clear()
        var event = ScannedEvent(fields: lines.fields, issuers: lines.issuers)
        if isRepaired { event.marks.insert(.repairedUTF8) }
        return RecordDraft(event: event, record: values, notes: notes, limit: limits.string)
    }
}

// The scanner owns all of its memory and is not copyable: exclusive access to the value is the lock.
extension RecordScanner: @unchecked Sendable {}
