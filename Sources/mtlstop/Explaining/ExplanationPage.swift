import CertCore
import SafeText

/// One explanation as lines for people and as an object for programs.
struct ExplanationPage {
    private let explanation: Explanation
    /// Where in the chain it was found; nil when nobody said.
    private let depth: Int?

    /// Wide enough for a sentence, narrow enough for any terminal.
    private static let width = 78
    private static let indent = 9

    init(_ explanation: Explanation, depth: Int? = nil) {
        self.explanation = explanation
        self.depth = depth
    }

    /// The title, and below it what is known, wrapped beside its labels.
    var lines: [SafeText] {
        let codes = explanation.codes.map { "\($0.rawValue) \($0.name), \"\($0.text)\"" }.joined(separator: "; ")
        let nodeNames = Self.unique(explanation.codes.map(\.nodeName)).joined(separator: ", ")
        let rows: [(SafeText, String)] = [
            ("class", explanation.rejectionClass.rawValue),
            ("codes", codes),
            ("depth", depth.map { "\($0): \(ChainFault.place($0).string)" } ?? ""),
            ("Node", nodeNames),
            ("reasons", explanation.reasons.joined(separator: ", ")),
            ("alert", explanation.alert ?? ""),
            ("meaning", explanation.meaning),
            ("cause", explanation.cause),
            ("action", explanation.action),
            ("who", explanation.owners.map(\.rawValue).joined(separator: ", ")),
        ]
        return [SafeText(explanation.title)] + rows.filter { !$0.1.isEmpty }.flatMap(Self.wrapped)
    }

    /// Appends one line of JSON.
    func writeJSON(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("title", explanation.title)
        writer.member("class", explanation.rejectionClass.rawValue)
        writer.key("codes" as StaticString)
        writer.beginArray()
        for code in explanation.codes {
            writer.beginObject()
            writer.member("code", Int(code.rawValue))
            writer.member("name", code.name)
            writer.member("node", code.nodeName)
            writer.member("text", code.text)
            writer.endObject()
        }
        writer.endArray()
        if let depth { writer.member("depth", depth) }
        Self.write(explanation.reasons, as: "reasons", to: &writer)
        writer.member("alert", explanation.alert)
        writer.member("meaning", explanation.meaning)
        writer.member("cause", explanation.cause)
        writer.member("action", explanation.action)
        Self.write(explanation.owners.map(\.rawValue), as: "owners", to: &writer)
        writer.endObject()
        writer.newline()
    }

    private static func write(_ texts: [String], as key: StaticString, to writer: inout JSONWriter) {
        writer.key(key)
        writer.beginArray()
        for text in texts { writer.value(text) }
        writer.endArray()
    }

    private static func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }

    private static func wrapped(_ label: SafeText, _ text: String) -> [SafeText] {
        let room = width - indent
        var lines: [SafeText] = []
        var line = SafeText("")
        for word in text.split(separator: " ").map({ SafeText(String($0)) }) {
            if line.width > 0, line.width + 1 + word.width > room {
                lines.append(line)
                line = word
            } else {
                line = line.width == 0 ? word : line + " " + word
            }
        }
        lines.append(line)
        return lines.enumerated().map { index, line in
            (index == 0 ? label : SafeText("")).padded(to: indent) + line
        }
    }
}
