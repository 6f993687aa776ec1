/// Values by their keys, the keys in the order of their first appearance.
struct GroupedValues {
    private(set) var groups: [(key: String, values: [String])] = []

    /// Groups pairs in time that is linear in their number.
    init(_ pairs: [(String, String)]) {
        groups.reserveCapacity(pairs.count)
        // A name has a handful of attributes: looking through them is faster than a dictionary, until somebody sends 5,000.
        var places: [String: Int] = [:]
        let isLong = pairs.count > 16
        for (key, value) in pairs {
            if let place = isLong ? places[key] : groups.firstIndex(where: { $0.key == key }) {
                groups[place].values.append(value)
            } else {
                if isLong { places[key] = groups.count }
                groups.append((key, [value]))
            }
        }
    }
}
