/// A few distinct addresses by their numbers; once it is full it only says so.
struct AddressSet {
    private var numbers: [Int64] = []

    /// How many there are, at most ``CertificateActivity/mostAddresses``.
    var count: Int { numbers.count }

    /// Adds one; the one added last is found at once, as clients rarely move.
    mutating func insert(_ number: Int64) {
        if numbers.last == number || numbers.count >= CertificateActivity.mostAddresses { return }
        guard !numbers.contains(number) else { return }
        numbers.append(number)
    }
}
