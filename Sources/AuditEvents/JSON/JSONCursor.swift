/// A place in a text that is read as strict JSON (RFC 8259), moving forward only.
///
/// It borrows the text and the scratch memory of its owner; nothing it returns outlives either. The text must be
/// valid UTF-8 where that matters: the cursor looks at quotes, backslashes and control bytes only.
struct JSONCursor {
    /// One object that is being read: its keys so far.
    struct Members {
        /// Bits of the known keys seen, set by ``LineScanner``.
        var seen: UInt64 = 0
        var count = 0
        var key = JSONText(pointer: JSONCursor.nothing, count: 0)
        var keyOffset = 0
        fileprivate let firstKept: Int

        fileprivate init(firstKept: Int) {
            self.firstKept = firstKept
        }
    }

    // A place to point at when there are no bytes; one byte that lives as long as the program and is never written.
    nonisolated(unsafe) static let nothing: UnsafePointer<UInt8> = {
        let byte = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
        byte.initialize(to: 0)
        return UnsafePointer(byte)
    }()

    let base: UnsafePointer<UInt8>
    let end: Int
    var offset = 0
    /// Set when a lone surrogate was replaced.
    var wasRepaired = false
    private(set) var depth = 0
    private let maxDepth: Int
    private let maxKeys: Int
    private let kept: UnsafeMutablePointer<JSONText>
    private var keptCount = 0
    private let scratch: UnsafeMutablePointer<UInt8>
    private var scratchUsed = 0

    /// A cursor at the start of `text`.
    ///
    /// - Parameters:
    ///   - text: What to read.
    ///   - scratch: At least as many bytes as `text` has.
    ///   - kept: Room for `maxDepth` times `maxKeys` keys.
    ///   - maxDepth: The deepest nesting allowed.
    ///   - maxKeys: The most keys an object may have.
    init(
        text: UnsafeRawBufferPointer,
        scratch: UnsafeMutablePointer<UInt8>,
        kept: UnsafeMutablePointer<JSONText>,
        maxDepth: Int,
        maxKeys: Int
    ) {
        base = text.bindMemory(to: UInt8.self).baseAddress ?? Self.nothing
        end = text.count
        self.scratch = scratch
        self.kept = kept
        self.maxDepth = maxDepth
        self.maxKeys = maxKeys
    }

    /// The byte at the place; nil at the end.
    var next: UInt8? {
        offset < end ? base[offset] : nil
    }

    /// An error at the place; a NUL byte there is always the reason.
    func failure(_ message: StaticString) -> ScanFailure {
        guard offset < end else { return ScanFailure(.badJSON, at: end, "the line ends inside of a value") }
        if base[offset] == 0 { return ScanFailure(.nulByte, at: offset, "the line holds a NUL byte") }
        return ScanFailure(.badJSON, at: offset, message)
    }

    @inline(__always)
    mutating func skipSpace() {
        if offset < end, base[offset] <= 0x20 { skipSomeSpace() }
    }

    private mutating func skipSomeSpace() {
        while offset < end {
            let byte = base[offset]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else { return }
            offset += 1
        }
    }

    // MARK: Objects and arrays

    mutating func enter() throws(ScanFailure) {
        guard depth < maxDepth else { throw ScanFailure(.tooDeep, at: offset, "objects are nested too deeply") }
        depth += 1
        offset += 1
    }

    /// Starts the object whose brace is at the place.
    mutating func beginObject() throws(ScanFailure) -> Members {
        try enter()
        return Members(firstKept: keptCount)
    }

    /// Goes to the value of the next member and remembers its key; false after the closing brace.
    mutating func nextMember(_ members: inout Members) throws(ScanFailure) -> Bool {
        skipSpace()
        if next == UInt8(ascii: "}") {
            offset += 1
            depth -= 1
            keptCount = members.firstKept
            return false
        }
        if members.count > 0 {
            guard next == UInt8(ascii: ",") else { throw failure("a comma or the end of the object was expected") }
            offset += 1
            skipSpace()
        }
        guard next == UInt8(ascii: "\"") else { throw failure("a key in quotes was expected") }
        guard members.count < maxKeys else { throw ScanFailure(.tooManyKeys, at: offset, "too many keys in an object") }
        members.keyOffset = offset
        members.key = try string()
        members.count += 1
        skipSpace()
        guard next == UInt8(ascii: ":") else { throw failure("a colon was expected after the key") }
        offset += 1
        skipSpace()
        return true
    }

    /// Remembers a key that has no bit of its own; refuses it when the object had it before.
    mutating func keepKey(_ members: Members) throws(ScanFailure) {
        let key = members.key
        for index in members.firstKept..<keptCount where kept[index].equals(key) {
            throw ScanFailure(.dupKey, at: members.keyOffset, "the object names a key twice")
        }
        kept[keptCount] = key
        keptCount += 1
    }

    /// Goes to the next element of an array that was entered; false after the closing bracket.
    mutating func nextElement(isFirst: Bool) throws(ScanFailure) -> Bool {
        skipSpace()
        if next == UInt8(ascii: "]") {
            offset += 1
            depth -= 1
            return false
        }
        if !isFirst {
            guard next == UInt8(ascii: ",") else { throw failure("a comma or the end of the array was expected") }
            offset += 1
            skipSpace()
        }
        return true
    }

    // MARK: Values nobody asked for

    /// Passes over one value of any kind, checking all of it.
    mutating func skipValue() throws(ScanFailure) {
        guard let byte = next else { throw failure("") }
        switch byte {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"):
            var members = try beginObject()
            while try nextMember(&members) {
                try keepKey(members)
                try skipValue()
            }
        case UInt8(ascii: "["):
            try enter()
            var isFirst = true
            while try nextElement(isFirst: isFirst) {
                isFirst = false
                try skipValue()
            }
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default: _ = try number()
        }
    }

    mutating func literal(_ word: StaticString) throws(ScanFailure) {
        for index in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[index] else { throw failure("a value was expected") }
            offset += 1
        }
    }

    /// Passes over `null` when it is at the place.
    mutating func null() throws(ScanFailure) -> Bool {
        guard next == UInt8(ascii: "n") else { return false }
        try literal("null")
        return true
    }

    // MARK: Scratch memory

    /// Room for `count` bytes that will be written from the current end of the scratch memory.
    var scratchEnd: UnsafeMutablePointer<UInt8> {
        scratch + scratchUsed
    }

    mutating func takeScratch(_ count: Int) -> JSONText {
        let text = JSONText(pointer: UnsafePointer(scratchEnd), count: count)
        scratchUsed += count
        return text
    }
}
