import SafeText

/// Writes metrics in Prometheus' text format (exposition format 0.0.4), as the textfile collector reads it.
///
/// Families are written one after the other: ``family(_:_:_:)`` opens one, the samples follow. A name is given once in
/// a file, and samples carry no time.
struct MetricsText {
    /// What kind of number a family holds.
    enum Kind: String {
        case gauge
        case counter
        case histogram
    }

    /// A name with its value; the value may come from outside.
    typealias Label = (name: StaticString, value: String)

    /// A label from outside is cut to this many characters.
    static let longestLabel = 128

    private(set) var bytes: [UInt8] = []
    private var name = ""

    /// Opens a family: its help is one sentence of ours.
    mutating func family(_ name: StaticString, _ kind: Kind, _ help: StaticString) {
        self.name = "\(name)"
        bytes += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n".utf8
    }

    /// A sample of the family, such as `name{labels} 5`.
    mutating func sample(_ labels: [Label] = [], _ value: some BinaryInteger) {
        write("", labels, String(value))
    }

    /// A sample that is no whole number; what is no number becomes `NaN`.
    mutating func sample(_ labels: [Label] = [], _ value: Double) {
        write("", labels, Self.text(value))
    }

    /// The samples of a histogram: `counts` has one more element than `bounds`, and is not cumulative.
    mutating func histogram(bounds: [Double], counts: [UInt64], sum: Double) {
        var total: UInt64 = 0
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? Self.text(bounds[index]) : "+Inf"
            write("_bucket", [("le", bound)], String(total))
        }
        write("_sum", [], Self.text(sum))
        write("_count", [], String(total))
    }

    private mutating func write(_ suffix: String, _ labels: [Label], _ value: String) {
        bytes += (name + suffix).utf8
        if !labels.isEmpty {
            let parts = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
            bytes += "{\(parts.joined(separator: ","))}".utf8
        }
        bytes += " \(value)\n".utf8
    }

    /// The visible notation, cut, then with the format's own escapes.
    private static func escaped(_ value: String) -> String {
        SafeText(Untrusted(value), limit: longestLabel).string
            .replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return "\(value)"
    }
}
