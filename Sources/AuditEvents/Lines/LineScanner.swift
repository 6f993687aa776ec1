/// Reads lines of the intake socket, one after the other, without allocating.
///
/// A line is scanned once, strictly (RFC 8259): what the grammar forbids, a key named twice, too deep a nesting and
/// too many keys are refused. Invalid UTF-8 is repaired and marked. Everything a scan returns is a view into the line
/// or into the scanner's own memory and is valid until the next scan. Not for use by two threads at a time.
///
/// It allocates nothing a line, but for names of a hello, which come once a connection.
package struct LineScanner: ~Copyable {
    /// Whether `seq` is read and must be well formed; false on connections that asked for no acknowledgement.
    package var checksSequence = true

    let limits: LineLimits
    let table = KeyTable()
    let fields: UnsafeMutablePointer<UnsafeRawBufferPointer?>
    let issuers: UnsafeMutablePointer<CertificateView>
    private let kept: UnsafeMutablePointer<JSONText>
    private var scratch: UnsafeMutablePointer<UInt8>
    private var scratchSize: Int
    private var repaired: [UInt8] = []

    /// A scanner with its memory, about 50 KiB that grow with the longest line seen, up to the limit.
    package init(limits: LineLimits = .contract) {
        self.limits = limits
        fields = .allocate(capacity: LineField.allCases.count)
        fields.initialize(repeating: nil, count: LineField.allCases.count)
        issuers = .allocate(capacity: max(limits.issuers, 1))
        kept = .allocate(capacity: limits.depth * limits.keys)
        scratchSize = 16384
        scratch = .allocate(capacity: scratchSize)
    }

    deinit {
        fields.deallocate()
        issuers.deallocate()
        kept.deallocate()
        scratch.deallocate()
    }

    /// What the line says; its newline may be there or not.
    ///
    /// On an error the line's `seq` is looked for all the same and given with it.
    package mutating func scan(_ line: UnsafeRawBufferPointer) throws(LineError) -> ScannedLine {
        let text = Self.withoutNewline(line)
        guard text.count <= limits.line else {
            throw error(ScanFailure(.lineTooLong, at: limits.line, "the line is too long"), in: text)
        }
        if UTF8Check.firstInvalid(in: text) == nil {
            do throws(ScanFailure) {
                return try scanValid(text, original: nil)
            } catch {
                throw self.error(error, in: text)
            }
        }
        return try scanRepaired(text)
    }

    private mutating func scanRepaired(_ text: UnsafeRawBufferPointer) throws(LineError) -> ScannedLine {
        // The views must outlive this call, so the copy goes to memory of our own and not to a closure's.
        repaired.removeAll(keepingCapacity: true)
        UTF8Check.repair(text, into: &repaired)
        reserve(2 * repaired.count + 16)
        let half = scratchSize / 2
        let copy = UnsafeMutableRawBufferPointer(start: scratch + half, count: repaired.count)
        copy.copyBytes(from: repaired)
        do throws(ScanFailure) {
            return try scanValid(UnsafeRawBufferPointer(copy), original: text)
        } catch {
            let offset = UTF8Check.originalOffset(of: error.offset, in: text)
            throw self.error(ScanFailure(error.kind, at: offset, error.message), in: text)
        }
    }

    private mutating func scanValid(
        _ text: UnsafeRawBufferPointer,
        original: UnsafeRawBufferPointer?
    ) throws(ScanFailure) -> ScannedLine {
        if original == nil { reserve(text.count) }
        var cursor = JSONCursor(
            text: text,
            scratch: scratch,
            kept: kept,
            maxDepth: limits.depth,
            maxKeys: limits.keys
        )
        cursor.skipSpace()
        guard let first = cursor.next else { return .empty }
        guard first == UInt8(ascii: "{") else { throw cursor.failure("a line must be a JSON object") }
        var draft = LineDraft(event: ScannedEvent(fields: fields, issuers: issuers))
        draft.event.objectOffset = cursor.offset
        if original != nil { draft.event.marks.insert(.repairedUTF8) }
        for index in 0..<LineField.allCases.count { fields[index] = nil }
        try scanLine(&cursor, into: &draft)
        cursor.skipSpace()
        guard cursor.offset == cursor.end else { throw cursor.failure("something follows the object") }
        if cursor.wasRepaired { draft.event.marks.insert(.repairedUTF8) }
        if let original { draft.event.mapOffsets(to: original) }
        return try conclude(draft)
    }

    private mutating func reserve(_ size: Int) {
        guard size > scratchSize else { return }
        scratch.deallocate()
        scratchSize = max(size, min(2 * scratchSize, limits.line))
        scratch = .allocate(capacity: scratchSize)
    }

    private static func withoutNewline(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var count = line.count
        if count > 0, line[count - 1] == UInt8(ascii: "\n") { count -= 1 }
        if count > 0, line[count - 1] == UInt8(ascii: "\r") { count -= 1 }
        return UnsafeRawBufferPointer(rebasing: line[..<count])
    }

    /// The error as the outside knows it, with the line's number when it can be read.
    private func error(_ failure: ScanFailure, in line: UnsafeRawBufferPointer) -> LineError {
        LineError(
            code: failure.kind.code,
            column: failure.offset + 1,
            message: String(describing: failure.message),
            sequence: failure.kind == .badSeq ? nil : SequenceFinder.find(in: line)?.value
        )
    }
}

// The scanner owns all of its memory and is not copyable: exclusive access to the value is the lock.
extension LineScanner: @unchecked Sendable {}

extension ScannedEvent {
    fileprivate mutating func mapOffsets(to original: UnsafeRawBufferPointer) {
        objectOffset = UTF8Check.originalOffset(of: objectOffset, in: original)
        sequenceRange = sequenceRange.map {
            let start = UTF8Check.originalOffset(of: $0.lowerBound, in: original)
            return start..<max(start, UTF8Check.originalOffset(of: $0.upperBound, in: original))
        }
    }
}
