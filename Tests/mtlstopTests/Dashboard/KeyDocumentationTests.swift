import SafeText
import Terminal
import Testing

@testable import mtlstop

@Suite("The manual's keys are the program's")
struct KeyDocumentationTests {
    private static let path = GoldenScreens.root + "/docs/dashboard.md"
    private static let start = "<!-- keys -->\n"
    private static let end = "<!-- end of keys -->\n"

    @Test("docs/dashboard.md lists every binding of the key table")
    func manualListsEveryBinding() throws {
        let text = try #require(GoldenScreens.read(Self.path))
        let head = try #require(text.firstRange(of: Self.start))
        let tail = try #require(text.firstRange(of: Self.end))
        if GoldenScreens.isRecording {
            let new = text[..<head.upperBound] + Self.table + text[tail.lowerBound...]
            GoldenScreens.write(String(new), to: Self.path, #_sourceLocation)
        } else {
            #expect(text[head.upperBound..<tail.lowerBound] == Self.table[...])
        }
    }

    private static let table: String = {
        var lines = ["| where | keys | what |", "| --- | --- | --- |"]
        for context in Context.allCases {
            for binding in Keymap.bindings where binding.context == context {
                let keys = binding.keys.map { "`" + Keymap.name($0).string + "`" }.joined(separator: " ")
                lines.append("| \(context.title.string) | \(keys) | \(binding.help.string) |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }()
}
