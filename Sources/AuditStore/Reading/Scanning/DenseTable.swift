/// Values by row id, for ids that count up from 1 as those of names do: the low ones in an array, the rest in a
/// dictionary (a dictionary alone was a tenth of a report's time).
package struct DenseTable<Value> {
    private let most: Int
    private var low: [Value?] = []
    private var high: [Int64: Value] = [:]

    /// A table that holds at most about twice so many values; when the dictionary is full it starts anew.
    package init(most: Int) {
        self.most = most
    }

    /// The value of an id; nil when it was not kept.
    package subscript(id: Int64) -> Value? {
        get {
            if id >= 0, id < Int64(low.count) { return low[Int(id)] }
            return high[id]
        }
        set {
            if id >= 0, id < Int64(most) {
                let missing = Int(id) + 1 - low.count
                // Grown by half at least, or a table filled from below would be copied for each value.
                if missing > 0 {
                    low += Array(repeating: nil, count: max(missing, min(low.count / 2, most - low.count)))
                }
                low[Int(id)] = newValue
            } else {
                if high.count >= most { high.removeAll(keepingCapacity: true) }
                high[id] = newValue
            }
        }
    }

    /// Forgets every value.
    package mutating func removeAll() {
        low.removeAll()
        high.removeAll()
    }
}
