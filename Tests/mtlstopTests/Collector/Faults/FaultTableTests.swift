import Glibc
import Testing

/// docs/faults.md is the table of contents of the fault tests: every test that it names exists.
@Suite("The table of faults")
struct FaultTableTests {
    @Test("Every test that docs/faults.md names exists, and every fault has one")
    func names() throws {
        let root = try #require(Self.root())
        let tests = Self.sources(below: root + "/Tests").map { Self.text(of: $0) }.joined()
        let rows = Self.text(of: root + "/docs/faults.md").split(separator: "\n").filter { $0.hasPrefix("| ") }
        #expect(rows.count > 20)
        for row in rows.dropFirst() {
            let cells = row.split(separator: "|").map { Self.trimmed($0) }
            try #require(cells.count == 2, "\(row)")
            for name in cells[1].split(separator: "·").map({ Self.trimmed($0) }) {
                #expect(tests.contains("\"\(name)\""), "\(cells[0]): there is no test \"\(name)\"")
            }
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    private static func root(_ file: String = #filePath) -> String? {
        file.firstRange(of: "/Tests/").map { String(file[..<$0.lowerBound]) }
    }

    private static func sources(below path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var found: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix(".") { continue }
            if entry.pointee.d_type == UInt8(DT_DIR) { found += sources(below: path + "/" + name) }
            if name.hasSuffix(".swift") { found.append(path + "/" + name) }
        }
        return found
    }

    private static func text(of path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(contentsOf: chunk[..<count])
        }
    }
}
