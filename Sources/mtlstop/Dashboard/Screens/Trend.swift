/// Series of counts made short enough to draw.
enum Trend {
    /// Sums neighbours so that at most `cells` values are left; the newest stay at the end.
    static func folded(_ values: [Int], to cells: Int) -> [Int] {
        guard cells > 0, values.count > cells else { return values }
        let size = (values.count + cells - 1) / cells
        var result: [Int] = []
        var end = values.count
        while end > 0 {
            let start = max(0, end - size)
            result.append(values[start..<end].reduce(0, +))
            end = start
        }
        return result.reversed()
    }
}
