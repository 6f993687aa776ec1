import AuditStore
import CertCore
import SafeText

/// Renders a document as Markdown (GitHub's tables): for tickets, mails and terminals.
struct MarkdownRenderer {
    private var text = ""

    /// The page.
    static func page(_ document: ReportDocument) -> [UInt8] {
        var renderer = MarkdownRenderer()
        renderer.render(document)
        return Array(renderer.text.utf8)
    }

    private mutating func render(_ document: ReportDocument) {
        text += "# \(Self.escaped(document.title))\n\n\(Self.escaped(document.subtitle))\n\n"
        for figure in document.figures {
            text +=
                "- **\(Self.escaped(figure.title))**: \(Self.escaped(figure.value)) (\(Self.escaped(figure.note)))\n"
        }
        for (index, section) in document.sections.enumerated() {
            text += "\n## \(index + 1). \(Self.escaped(section.title))\n\n\(Self.escaped(section.lead))\n"
            for block in section.blocks { render(block) }
        }
        text += "\n---\n\nMade by mtlstop \(ProductVersion.text). Report mark `\(document.mark)`.\n"
    }

    private mutating func render(_ block: ReportBlock) {
        switch block {
        case .paragraph(let words): text += "\n\(Self.escaped(words))\n"
        case .heading(let words): text += "\n### \(Self.escaped(words))\n"
        case .facts(let facts):
            let rows = facts.map { ReportTable.Row([.words($0.0), $0.1]) }
            render(ReportTable([.text("What"), .text("Value")], rows: rows))
        case .table(let table): render(table)
        case .chart: return  // The numbers stand in the tables.
        case .signatures(let names):
            let rows = names.map { ReportTable.Row([.words($0), .words(""), .words(""), .words("")]) }
            render(ReportTable([.text("Role"), .text("Name"), .text("Signature"), .text("Date")], rows: rows))
        case .command(let line): text += "\n\(Self.code(SafeText(line)))\n"
        }
    }

    private mutating func render(_ table: ReportTable) {
        if table.rows.isEmpty {
            text += "\n*\(Self.escaped(table.empty))*\n"
            return
        }
        text += "\n| " + table.columns.map { Self.escaped($0.title) }.joined(separator: " | ") + " |\n"
        text += "|" + table.columns.map { $0.isNumber ? "---:" : "---" }.joined(separator: "|") + "|\n"
        for row in table.rows {
            let cells = row.cells.map { row.isTotal ? Self.strong(Self.cell($0)) : Self.cell($0) }
            text += "| " + cells.joined(separator: " | ") + " |\n"
        }
        if let cut = table.cut { text += "\n\(Self.escaped(cut))\n" }
    }

    private static func strong(_ text: String) -> String { text.isEmpty ? "" : "**\(text)**" }

    private static func cell(_ cell: ReportCell) -> String {
        switch cell {
        case .none: ""
        case .words(let words): escaped(words)
        case .foreign(let words): escaped(SafeText(words ?? ""))
        case .digits(let words): code(SafeText(words ?? ""))
        case .number(let value): ReportWords.number(value)
        case .time(let time): ReportWords.time(time)
        case .day(let time): ReportWords.day(time)
        case .certificate(let certificate): escaped(SafeText(certificate.displayName ?? "(unnamed)"))
        case .mark(_, let words): escaped(words)
        }
    }

    /// Text with everything escaped that Markdown or the HTML within it would take for markup.
    static func escaped(_ words: SafeText) -> String {
        var result = ""
        for scalar in words.string.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!":
                result.unicodeScalars.append("\\")
                result.unicodeScalars.append(scalar)
            case ":" where result.hasSuffix("http") || result.hasSuffix("https"): result += "&#58;"
            case "@": result += "&#64;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Text as code; within a table a bar would still end the cell, so it goes as an entity outside of code.
    private static func code(_ words: SafeText) -> String {
        if words.isEmpty { return "" }
        if words.string.contains("`") || words.string.contains("|") { return escaped(words) }
        return "`\(words.string)`"
    }
}
