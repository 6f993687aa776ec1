import SafeText
import Terminal

/// The export dialog, over the screen.
enum ExportBox {
    private static let labelWidth = 11

    static func draw(_ dialog: ExportDialog, _ state: DashboardState, into screen: inout Screen) {
        let width = min(100, max(1, screen.size.columns - 8))
        let lines = lines(dialog, state, width: width)
        let room = screen.popup(
            content: Size(columns: width, rows: lines.count),
            title: "export",
            footer: "written in the background, mode 0600"
        )
        let current = lines.firstIndex { $0.field == dialog.field } ?? 0
        let first = max(0, min(current - room.height / 2, lines.count - room.height))
        for (row, line) in lines.dropFirst(first).prefix(room.height).enumerated() {
            let y = room.y + row
            screen.put(line.text, x: room.x + 2, y: y, width: max(0, room.width - 2))
            guard line.field == dialog.field else { continue }
            screen.put(">", x: room.x, y: y, width: 1, role: .selected)
            placeCursor(dialog, room, y: y, into: &screen)
        }
    }

    private struct Line {
        var field: ExportDialog.Field?
        var text: StyledLine
    }

    private static func placeCursor(_ dialog: ExportDialog, _ room: Rect, y: Int, into screen: inout Screen) {
        guard let editor = dialog.editor, !dialog.asksToReplace else { return }
        let shown = editor.visible(width: max(1, room.width - labelWidth - 3))
        let x = min(room.x + 2 + labelWidth + shown.cursor, room.endX - 1)
        screen.cursor = Point(x: x, y: y)
    }

    private static func lines(_ dialog: ExportDialog, _ state: DashboardState, width: Int) -> [Line] {
        dialog.fields.filter { !$0.isButton && ($0.hidden == nil || $0 == .hideAddress) }.flatMap {
            field($0, dialog, state, width: width)
        }
            + [Line(text: StyledLine())] + preview(state, width: width) + shell(state, width: width)
            + [Line(text: StyledLine())]
            + ending(dialog)
    }

    private static func field(
        _ field: ExportDialog.Field,
        _ dialog: ExportDialog,
        _ state: DashboardState,
        width: Int
    ) -> [Line] {
        switch field {
        case .scope: return choices(field, "what", state.exportScopes.map { ($0.title, $0 == dialog.scope) }, width)
        case .format:
            let formats = ReportFormat.allCases.map { (SafeText($0.rawValue), $0 == dialog.format) }
            return choices(field, "format", formats, width)
        case .data:
            let kinds = ExportDialog.dataChoices.map { (SafeText($0?.rawValue ?? "none"), $0 == dialog.data) }
            return choices(field, "and data", kinds, width)
        case .guarded:
            let box: SafeText = dialog.isGuarded ? "[x]" : "[ ]"
            return [Line(field: field, text: labelled("safe", "\(box) no cell that a spreadsheet would compute"))]
        case .hideAddress, .hashAddress, .hideQuery, .hideNames: return [hiding(dialog)]
        case .key:
            return [Line(field: field, text: typed("sign with", dialog.key, "a key file; empty: no signature", width))]
        case .file: return [Line(field: field, text: typed("file", dialog.file, "", width))]
        case .write, .copy, .cancel: return []
        }
    }

    private static func hiding(_ dialog: ExportDialog) -> Line {
        let fields: [(ExportDialog.Field, SafeText)] = [
            (.hideAddress, "ip"), (.hashAddress, "ip, salted hash instead"), (.hideQuery, "query"),
            (.hideNames, "DN but CN"),
        ]
        var line: StyledLine = [Span(SafeText("hide").padded(to: labelWidth), .dim)]
        for (field, title) in fields {
            let isChosen = field.hidden.map(dialog.hidden.contains) == true
            let text: SafeText = isChosen ? "[x] \(title)  " : "[ ] \(title)  "
            line.spans.append(Span(text, field == dialog.field ? .selected : .text))
        }
        return Line(field: dialog.field.hidden == nil ? .hideAddress : dialog.field, text: line)
    }

    /// The first lines of the file: one on a low screen, three on a high one.
    private static func preview(_ state: DashboardState, width: Int) -> [Line] {
        let room = max(1, width - labelWidth)
        if state.export?.format.isDocument == true {
            return [Line(text: labelled("preview", "a page for people, with sums and tables"))]
        }
        guard let lines = state.exportPreview else { return [Line(text: labelled("preview", "reading…"))] }
        guard let first = lines.first else {
            return [Line(text: labelled("preview", "no event"))]
        }
        let shown = state.size.rows >= 30 ? Array(lines.prefix(3)) : [lines.dropFirst().first ?? first]
        return shown.enumerated().map { index, line in
            let text = state.glyphs.cut(line, to: room)
            return Line(text: labelled(index == 0 ? "preview" : "", text))
        }
    }

    private static func labelled(_ label: SafeText, _ text: SafeText) -> StyledLine {
        [Span(label.padded(to: labelWidth), .dim), Span(text)]
    }

    private static func typed(_ label: SafeText, _ editor: LineEditor, _ hint: SafeText, _ width: Int) -> StyledLine {
        if editor.isEmpty { return [Span(label.padded(to: labelWidth), .dim), Span(hint, .dim)] }
        let shown = editor.visible(width: max(1, width - labelWidth - 3))
        return [Span(label.padded(to: labelWidth), .dim), Span(shown.text, .input)]
    }

    /// Choices in as many lines as they need; the chosen one is marked and has a style.
    private static func choices(
        _ field: ExportDialog.Field,
        _ label: SafeText,
        _ choices: [(title: SafeText, isChosen: Bool)],
        _ width: Int
    ) -> [Line] {
        var lines: [StyledLine] = [[Span(label.padded(to: labelWidth), .dim)]]
        for choice in choices {
            let text: SafeText = choice.isChosen ? "(o) \(choice.title)  " : "( ) \(choice.title)  "
            if (lines.last?.width ?? 0) + text.width > width, (lines.last?.width ?? 0) > labelWidth {
                lines.append([Span(SafeText("").padded(to: labelWidth))])
            }
            lines[lines.count - 1].spans.append(Span(text, choice.isChosen ? .selected : .text))
        }
        return lines.enumerated().map { Line(field: $0.offset == 0 ? field : nil, text: $0.element) }
    }

    private static func shell(_ state: DashboardState, width: Int) -> [Line] {
        let count: SafeText =
            state.exportTotal.map { "\(Figures.counted($0, "event", "events"))" } ?? "counting…"
        let lines = TextWrap.lines(state.exportShellLine, width: max(10, width - 4)).prefix(4)
        return [Line(text: [Span(count, .ok), Span("; the same from a shell:", .dim)])]
            + lines.map { Line(text: StyledLine("  \($0)", .input)) }
    }

    private static func ending(_ dialog: ExportDialog) -> [Line] {
        if dialog.asksToReplace {
            let words: SafeText = "a file of this name is there: Enter replaces it, Esc goes back"
            return [Line(field: dialog.field, text: StyledLine(words, .critical))]
        }
        var spans: [Span] = []
        for (field, title) in [
            (ExportDialog.Field.write, "[ Write ]"), (.copy, "[ Copy line ]"), (.cancel, "[ Cancel ]"),
        ]
            as [(ExportDialog.Field, SafeText)]
        {
            spans += [Span(title, field == dialog.field ? .selected : .key), Span("  ")]
        }
        let buttons = Line(field: dialog.field.isButton ? dialog.field : nil, text: StyledLine(spans))
        return (dialog.problem.map { [Line(text: StyledLine($0, .critical))] } ?? []) + [buttons]
    }
}
