import Glibc
import Terminal
import Testing

@testable import mtlstop

/// Compares a screen with its golden file; `MTLSTOP_RECORD=1` writes the file instead.
enum GoldenScreens {
    static func expect(_ screen: Screen, is name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        expect(screen.dump(), is: name, sourceLocation: sourceLocation)
    }

    /// The golden form of a screen without colours: every row between bars, then what is bold (b), dim (d), reverse (r)
    /// or underlined (u), with `!` where a row is selected.
    static func mono(_ screen: Screen) -> String {
        let rows = (0..<screen.size.rows).map { "|" + screen.rowText($0, trimmed: false) + "|" }
        let styles = (0..<screen.size.rows).compactMap { y -> String? in
            var runs: [(style: String, count: Int)] = []
            for cell in screen.row(y) {
                let style = ThemeName.mono.look(of: cell.role).letters + (cell.isSelected ? "!" : "")
                if let last = runs.last, last.style == style {
                    runs[runs.count - 1].count += 1
                } else {
                    runs.append((style, 1))
                }
            }
            return runs.allSatisfy { $0.style == "." }
                ? nil : "\(y): " + runs.map { "\($0.style)\($0.count)" }.joined(separator: " ")
        }
        return (rows + styles).joined(separator: "\n") + "\n"
    }

    static func expect(_ found: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let path = folder + name + ".screen"
        if isRecording {
            write(found, to: path, sourceLocation)
            return
        }
        guard let wanted = read(path) else {
            Issue.record("\(path) is missing: MTLSTOP_RECORD=1 writes it", sourceLocation: sourceLocation)
            return
        }
        guard found != wanted else { return }
        Issue.record("\(name) differs:\n\(difference(wanted, found))", sourceLocation: sourceLocation)
    }

    /// The repository, from this file's place.
    static let root: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
        return parts.joined(separator: "/")
    }()

    static var isRecording: Bool { getenv("MTLSTOP_RECORD").map { String(cString: $0) } == "1" }

    /// The names of all golden files.
    static func files() throws -> Set<String> {
        let directory = try #require(opendir(folder))
        defer { closedir(directory) }
        var names: Set<String> = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".screen") { names.insert(name) }
        }
        return names
    }

    private static let folder = root + "/fixtures/screens/"

    private static func difference(_ wanted: String, _ found: String) -> String {
        let old = wanted.split(separator: "\n", omittingEmptySubsequences: false)
        let new = found.split(separator: "\n", omittingEmptySubsequences: false)
        var lines: [String] = []
        for index in 0..<max(old.count, new.count) {
            let before = index < old.count ? String(old[index]) : "(none)"
            let after = index < new.count ? String(new[index]) : "(none)"
            if before != after { lines += ["- " + before, "+ " + after] }
        }
        return lines.prefix(24).joined(separator: "\n")
    }

    static func read(_ path: String) -> String? { bytes(path).map { String(decoding: $0, as: UTF8.self) } }

    static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = fread(&part, 1, part.count, file)
            if count == 0 { break }
            bytes.append(contentsOf: part[..<count])
        }
        return bytes
    }

    static func write(_ text: String, to path: String, _ sourceLocation: SourceLocation) {
        guard let file = fopen(path, "w") else {
            Issue.record("cannot write \(path)", sourceLocation: sourceLocation)
            return
        }
        fputs(text, file)
        fclose(file)
    }
}

extension RoleLook {
    /// True when it needs a colour.
    var hasColour: Bool { foreground != nil || background != nil }

    /// Its emphasis in letters; a dot for none.
    fileprivate var letters: String {
        let known: [(Emphasis, String)] = [(.bold, "b"), (.dim, "d"), (.reverse, "r"), (.underline, "u")]
        let letters = known.filter { emphasis.contains($0.0) }.map(\.1).joined()
        return letters.isEmpty ? "." : letters
    }
}
