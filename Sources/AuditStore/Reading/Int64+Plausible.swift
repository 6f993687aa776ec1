// Times end in the year 9999 (2^47.9 ms), and no log has 2^48 events or names. Sums of a few thousand such numbers stay
// within 64 bits, so the arithmetic of readers cannot overflow once every number that it starts from was asked here.
extension Int64 {
    /// Whether this program could have stored the number as a time, an id or a count.
    var isPlausible: Bool { magnitude <= 1 << 48 }

    /// The number; an error when this program could not have stored it.
    func plausible(_ column: String) throws -> Int64 {
        guard isPlausible else { throw UnexpectedValue(column: column) }
        return self
    }
}
