/// What Node printed: an encoding and microseconds a value on each line.
struct NodeResults {
    private let figures: [String: Double]

    init(path: String) throws {
        var figures: [String: Double] = [:]
        for line in try lines(of: path) {
            let words = line.split(separator: " ")
            if words.count == 2, let figure = Double(words[1]) { figures[String(words[0])] = figure }
        }
        self.figures = figures
    }

    subscript(encoding: String) -> Double? { figures[encoding] }
}
