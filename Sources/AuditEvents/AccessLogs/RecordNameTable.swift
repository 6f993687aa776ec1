import Glibc

/// Finds a known name by its bytes and its scope: an open hash table that is filled once.
struct RecordNameTable: ~Copyable {
    private static let size = 512
    /// For each slot the place in ``RecordName/all``; -1 when it is free.
    private let slots: UnsafeMutablePointer<Int16>
    let names = RecordName.all

    init() {
        slots = .allocate(capacity: Self.size)
        slots.initialize(repeating: -1, count: Self.size)
        for (index, name) in names.enumerated() {
            var slot = Self.hash(name.text.utf8Start, name.text.utf8CodeUnitCount, name.scope)
            while slots[slot] >= 0 { slot = (slot + 1) & (Self.size - 1) }
            slots[slot] = Int16(index)
        }
    }

    deinit {
        slots.deallocate()
    }

    /// The place in ``names`` of what `text` spells there; nil when nobody knows it.
    func find(_ text: JSONText, in scope: RecordName.Scope) -> Int? {
        guard text.count > 0, text.count <= 40 else { return nil }
        var slot = Self.hash(text.pointer, text.count, scope)
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if names[index].scope == scope, text.equals(names[index].text) { return index }
            slot = (slot + 1) & (Self.size - 1)
        }
        return nil
    }

    private static func hash(_ start: UnsafePointer<UInt8>, _ count: Int, _ scope: RecordName.Scope) -> Int {
        var hash = UInt64(scope.rawValue) &+ 0xcbf2_9ce4_8422_2325
        for index in 0..<count { hash = (hash ^ UInt64(start[index])) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 32) & UInt64(size - 1))
    }
}

/// The names an object has shown, by their place in ``RecordName/all``, which holds fewer than 128.
struct RecordNameSet {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// Adds a name; false when it was there.
    mutating func insert(_ index: Int) -> Bool {
        let bit: UInt64 = 1 << UInt64(index & 63)
        if index < 64 {
            defer { low |= bit }
            return low & bit == 0
        }
        defer { high |= bit }
        return high & bit == 0
    }
}
