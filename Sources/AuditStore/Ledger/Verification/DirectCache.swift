/// A cache with one place for each key: constant memory, nothing to keep in order.
struct DirectCache<Value> {
    private var keys: ContiguousArray<Int64>
    private var values: ContiguousArray<Value>
    private let mask: Int

    /// A cache of 2^bits places; keys are never negative.
    init(bits: Int, empty: Value) {
        keys = ContiguousArray(repeating: -1, count: 1 << bits)
        values = ContiguousArray(repeating: empty, count: 1 << bits)
        mask = (1 << bits) - 1
    }

    /// The place of a key.
    @inline(__always)
    func place(_ key: Int64) -> Int { Int(truncatingIfNeeded: key) & mask }

    /// Whether a place holds this key.
    @inline(__always)
    func holds(_ key: Int64, at place: Int) -> Bool { keys[place] == key }

    /// The value at a place.
    @inline(__always)
    subscript(place: Int) -> Value { values[place] }

    /// Puts a value in the place of its key.
    mutating func insert(_ key: Int64, _ value: Value) -> Int {
        let place = place(key)
        keys[place] = key
        values[place] = value
        return place
    }
}
