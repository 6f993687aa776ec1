/// A length of time on the command line: a whole number and `s`, `m` or `h`; seconds when there is no letter.
struct DemoDuration: Hashable, Sendable {
    /// 1 second to 30 days.
    let seconds: Double

    private static let longest = 30 * 86_400

    init?(argument: String) {
        let factors: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
        let factor = argument.last.flatMap { factors[$0] }
        let digits = factor == nil ? argument[...] : argument.dropLast()
        guard let number = Int(digits), number > 0, number <= Self.longest / (factor ?? 1) else { return nil }
        seconds = Double(number * (factor ?? 1))
    }
}
