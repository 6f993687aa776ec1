/// Finds a known key by its bytes: a small open hash table that is filled once.
///
/// A line has about twenty keys; comparing two words a key costs less than any string comparison.
struct KeyTable: ~Copyable {
    private struct Slot {
        var count = 0
        var head: UInt64 = 0
        var tail: UInt64 = 0
        var key = KnownKey.event
    }

    private static let size = 256
    private let slots: UnsafeMutablePointer<Slot>

    init() {
        slots = .allocate(capacity: Self.size)
        slots.initialize(repeating: Slot(), count: Self.size)
        for key in KnownKey.allCases {
            insert(key, named: key.text)
        }
    }

    deinit {
        slots.deallocate()
    }

    private func insert(_ key: KnownKey, named name: String) {
        Array(name.utf8).withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            let text = JSONText(pointer: start, count: bytes.count)
            let (head, tail) = Self.words(of: text, before: start + bytes.count)
            var index = Self.hash(head, tail, bytes.count)
            while slots[index].count > 0 { index = (index + 1) & (Self.size - 1) }
            slots[index] = Slot(count: bytes.count, head: head, tail: tail, key: key)
        }
    }

    /// The key that `text` spells; nil when it is none of ours.
    ///
    /// `limit` is the end of the memory `text` lies in: words are read at once when they do not reach beyond it.
    func find(_ text: JSONText, before limit: UnsafePointer<UInt8>) -> KnownKey? {
        guard text.count > 0, text.count <= 18 else { return nil }
        let (head, tail) = Self.words(of: text, before: limit)
        var index = Self.hash(head, tail, text.count)
        while slots[index].count > 0 {
            if slots[index].count == text.count, slots[index].head == head, slots[index].tail == tail {
                return Self.middleMatches(text, slots[index].key) ? slots[index].key : nil
            }
            index = (index + 1) & (Self.size - 1)
        }
        return nil
    }

    /// The first and the last eight bytes.
    private static func words(of text: JSONText, before limit: UnsafePointer<UInt8>) -> (UInt64, UInt64) {
        let head = text.word(at: 0, before: limit)
        return (head, text.count > 8 ? text.word(at: text.count - 8, before: limit) : 0)
    }

    private static func hash(_ head: UInt64, _ tail: UInt64, _ count: Int) -> Int {
        let mixed = (head ^ (tail &* 31) &+ UInt64(count)) &* 0x9e37_79b9_7f4a_7c15
        return Int(mixed >> 56)
    }

    /// Checks the bytes between the two words; only two of our keys are longer than sixteen bytes.
    private static func middleMatches(_ text: JSONText, _ key: KnownKey) -> Bool {
        switch key {
        case .issuerCertificate: text.equals("issuerCertificate")
        case .authorizationError: text.equals("authorizationError")
        default: true
        }
    }
}
