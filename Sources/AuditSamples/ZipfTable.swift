/// Draws ranks so that rank r comes about 1/(r+1) as often as rank 0: few clients make most of the traffic.
struct ZipfTable: Sendable {
    private let cumulative: [Double]

    init(count: Int) {
        var sum = 0.0
        cumulative = (0..<max(1, count)).map { rank in
            sum += 1 / Double(rank + 1)
            return sum
        }
    }

    func rank(_ generator: inout SampleGenerator) -> Int {
        let wanted = generator.fraction() * (cumulative.last ?? 1)
        var low = 0
        var high = cumulative.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] <= wanted { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
