import SafeText
import Terminal

/// `dashboard.conf`: a line an order — `map KEY ACTION`, `unmap KEY`, `set OPTION VALUE` — and `#` for remarks.
struct DashboardFile: Sendable {
    /// The keys in force.
    var bindings = Keymap.bindings
    /// Options and their values, in the order of the file.
    var options: [(option: OptionName, value: String)] = []

    private static let limit = 64 << 10

    /// Reads the file of a configuration folder; without one everything is as usual.
    ///
    /// - Throws: exit code 65 with the number of the line that cannot be obeyed, 77 when it may not be read.
    static func read(folder: String) throws -> DashboardFile {
        let path = folder + "/dashboard.conf"
        do {
            return try DashboardFile(String(decoding: SmallFile.read(path, atMost: limit), as: UTF8.self), path: path)
        } catch let failure as Failure where failure.status == .inputNotFound {
            return DashboardFile()
        }
    }

    init() {}

    /// Reads the text of a file.
    init(_ text: String, path: String) throws {
        var mapping = KeyMapping()
        var lineOfKey: [Key: Int] = [:]
        var last = 0
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = Self.words(line)
            guard !words.isEmpty else { continue }
            last = index + 1
            do throws(KeyMapping.Problem) {
                try obey(words, &mapping)
            } catch {
                throw Self.failure(path, index + 1, error)
            }
            if words[0] == "map", let key = KeyName.key(words[1]) { lineOfKey[key] = index + 1 }
        }
        if let (key, problem) = mapping.problem() {
            throw Self.failure(path, key.flatMap { lineOfKey[$0] } ?? last, problem)
        }
        bindings = mapping.bindings
    }

    private mutating func obey(_ words: [String], _ mapping: inout KeyMapping) throws(KeyMapping.Problem) {
        switch (words[0], words.count) {
        case ("map", 3): try mapping.map(words[1], words[2])
        case ("unmap", 2): try mapping.unmap(words[1])
        case ("set", 3):
            guard let option = OptionName(rawValue: words[1]), option.values.contains(words[2]) else {
                let names = OptionName.allCases.map { "\($0.rawValue) (\($0.values.joined(separator: ", ")))" }
                throw KeyMapping.Problem(
                    message: "there is no option \(SafeText(words[1])) with the value \(SafeText(words[2]))",
                    remedy: SafeText(names.joined(separator: "; "))
                )
            }
            options.append((option, words[2]))
        default:
            throw KeyMapping.Problem(
                message: "\(SafeText(words.joined(separator: " "))) is no order",
                remedy: "map KEY ACTION, unmap KEY, or set OPTION VALUE"
            )
        }
    }

    /// The words of a line before its remark; a `#` that stands alone as the second word is the key.
    private static func words(_ line: Substring) -> [String] {
        let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
        guard let first = words.first, !first.hasPrefix("#") else { return [] }
        let end = words.indices.first { $0 > 1 && words[$0].hasPrefix("#") } ?? words.endIndex
        return Array(words[..<end])
    }

    private static func failure(_ path: String, _ line: Int, _ problem: KeyMapping.Problem) -> Failure {
        Failure(.badInputData, what: path, why: "line \(line): \(problem.message)", remedy: problem.remedy.string)
    }
}
