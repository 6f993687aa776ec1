import AuditStore
import CertCore
import SafeText
import Terminal

/// The export: its dialog, what it covers, and how it goes.
extension DashboardState {
    // MARK: What is exported

    /// The scopes that hold something now.
    var exportScopes: [ExportScope] {
        ExportScope.allCases.filter { scope in
            switch scope {
            case .filtered, .all: true
            case .this: exportCondition(.this) != nil
            case .marked: exportCondition(.marked) != nil
            }
        }
    }

    /// The filter text of a scope; nil when there is nothing of the kind.
    func exportCondition(_ scope: ExportScope) -> String? {
        switch scope {
        case .all: ""
        case .filtered: filteredCondition
        case .this: export == nil ? thisCondition : export?.selected
        case .marked: marks.condition
        }
    }

    private var filteredCondition: String {
        guard view == .rejections else { return spelledOut(filter.text) }
        var parts = ["outcome:rej"]
        for place in places {
            if case .parties(let group) = place { parts.append(group.key.condition) }
            if case .partyEvents(_, let party) = place { parts.append(Self.condition(party)) }
        }
        if filter.isActive { parts.append(FilterText.grouped(spelledOut(filter.text))) }
        return parts.joined(separator: " and ")
    }

    /// The filter without names that only this dashboard knows.
    private func spelledOut(_ text: String) -> String {
        let noted = notes.conditions(database: databasePath)
        let notedText = noted.isEmpty ? "id<1" : noted.joined(separator: " or ")
        return text.replacing("is:marked", with: "(\(marks.condition ?? "id<1"))")
            .replacing("is:noted", with: "(\(notedText))").replacing("has:note", with: "(\(notedText))")
    }

    private var thisCondition: String? {
        if let event = selectedEvent { return "id=\(event.id)" }
        if view == .rejections, let party = selectedParty, isPartyPaneFocused || !places.isEmpty,
            let key = shownGroup?.key
        {
            return "outcome:rej and \(key.condition) and \(Self.condition(PartyName(party)))"
        }
        if let digits = certificateInView?.lookup { return "fp=\(digits)" }
        if view == .rejections, let key = shownGroup?.key { return "outcome:rej and \(key.condition)" }
        return nil
    }

    private static func condition(_ party: PartyName) -> String {
        if let fingerprint = party.fingerprint { return "fp=\(fingerprint)" }
        return FilterText.word("ip", is: party.ip ?? "") + " and is:anonymous"
    }

    /// The range that a scope is cut to; single rows are exported whatever the range is.
    private func exportRange(_ scope: ExportScope) -> TimeRange {
        guard scope == .filtered else { return .all }
        return view == .rejections ? rejectionRange : view == .live ? liveRange : .all
    }

    /// What the dialog asks for; nil when its filter cannot be read.
    var exportPlan: ExportPlan? {
        guard let export, let text = exportCondition(export.scope) else { return nil }
        guard let filter = try? AuditFilter(parsing: text, now: now) else { return nil }
        let range = exportRange(export.scope)
        return ExportPlan(
            filterText: text,
            filter: filter,
            since: range.start(now: now),
            until: range.end,
            range: range,
            format: export.format,
            data: export.format.isDocument ? export.data : nil,
            isRaw: !export.isGuarded && export.fields.contains(.guarded),
            hidden: export.format.isDocument ? [] : export.hidden,
            key: export.key.isEmpty ? nil : export.key.text,
            file: export.file.text,
            created: now
        )
    }

    /// The shell line of the dialog, with the database where it is not the usual one.
    var exportShellLine: SafeText {
        exportPlan?.shellLine(database: shellDatabase) ?? ""
    }

    // MARK: Opening and keys

    mutating func openExport() {
        guard exportRun == nil else {
            say("an export is being written: ^G stops it")
            return
        }
        var dialog = ExportDialog(file: LineEditor())
        dialog.selected = thisCondition
        if let last = lastExport {
            dialog.format = last.format
            dialog.data = last.data
            dialog.isGuarded = !last.isRaw
            dialog.hidden = last.hidden
            dialog.key = LineEditor(last.key ?? "")
        }
        dialog.file = LineEditor(exportName(dialog.format))
        export = dialog
    }

    /// `mtlstop-rejections-20261123T140217Z.csv`, by the view, the time and the format.
    private func exportName(_ format: ReportFormat) -> String {
        let stamp = now.rfc3339.prefix(19).filter { $0 != "-" && $0 != ":" }
        let what = view == .rejections ? "rejections" : "events"
        return "mtlstop-\(what)-\(stamp)Z.\(format.fileEnding)"
    }

    mutating func exportAction(_ action: Action) -> [Effect] {
        guard let dialog = export else { return [] }
        if dialog.asksToReplace { return answerReplacing(action) }
        switch action {
        case .nextField: export?.move(by: 1)
        case .previousField: export?.move(by: -1)
        case .choose: chooseInExport(by: 1)
        case .choosePrevious: chooseInExport(by: -1)
        case .writeNow: return beginExport(replacing: false)
        case .open: return enterInExport(dialog.field)
        default: export = nil
        }
        return []
    }

    private mutating func enterInExport(_ field: ExportDialog.Field) -> [Effect] {
        switch field {
        case .write: return beginExport(replacing: false)
        case .copy:
            say("sent to the terminal's clipboard: the shell line")
            return [.copy([exportShellLine])]
        case .cancel: export = nil
        default: export?.move(by: 1)
        }
        return []
    }

    private mutating func answerReplacing(_ action: Action) -> [Effect] {
        export?.asksToReplace = false
        return action == .open ? beginExport(replacing: true) : []
    }

    private mutating func chooseInExport(by step: Int) {
        guard var dialog = export else { return }
        switch dialog.field {
        case .scope: dialog.scope = Self.next(dialog.scope, in: exportScopes, by: step)
        case .format: dialog.format = Self.next(dialog.format, in: ReportFormat.allCases, by: step)
        case .data: dialog.data = Self.next(dialog.data, in: ExportDialog.dataChoices, by: step)
        case .guarded: dialog.isGuarded.toggle()
        case .hideAddress, .hashAddress, .hideQuery, .hideNames:
            if let field = dialog.field.hidden { dialog.hidden.formSymmetricDifference([field]) }
            if dialog.field == .hideAddress { dialog.hidden.remove(.ipHash) }
            if dialog.field == .hashAddress { dialog.hidden.remove(.ip) }
        default: return
        }
        if dialog.field == .format, !dialog.hasOwnName { dialog.file = LineEditor(exportName(dialog.format)) }
        export = dialog
    }

    private static func next<Value: Equatable>(_ value: Value, in values: [Value], by step: Int) -> Value {
        guard let place = values.firstIndex(of: value) else { return values.first ?? value }
        return values[(place + step + values.count) % values.count]
    }

    /// A key that no binding takes goes into the text field.
    mutating func typeInExport(_ key: Key) {
        guard var editor = export?.editor else { return }
        let outcome = editor.handle(key)
        acceptInExport(editor, outcome)
    }

    /// Pasted text goes into the text field that has the keys.
    mutating func pasteInExport(_ text: Untrusted) {
        guard var editor = export?.editor else { return }
        let outcome = editor.paste(text)
        acceptInExport(editor, outcome)
    }

    private mutating func acceptInExport(_ editor: LineEditor, _ outcome: LineEditor.Outcome) {
        export?.editor = editor
        guard outcome == .changed else { return }
        export?.problem = nil
        if export?.field == .file { export?.hasOwnName = true }
    }

    // MARK: Writing

    private mutating func beginExport(replacing: Bool) -> [Effect] {
        guard let plan = exportPlan else {
            export?.problem = "the filter cannot be read"
            return []
        }
        guard !plan.file.isEmpty else {
            export?.problem = "the file needs a name"
            return []
        }
        return begin(plan, replacing: replacing)
    }

    private mutating func begin(_ plan: ExportPlan, replacing: Bool) -> [Effect] {
        exportCount += 1
        hasAskedToQuit = false
        lastExport = plan
        exportRun = ExportRun(id: exportCount, file: plan.file)
        return [.export(plan, replacing: replacing, id: exportCount)]
    }

    /// Writes the ends that Expiring lists as a calendar file.
    mutating func writeCalendar() -> [Effect] {
        guard exportRun == nil, let list = expiringList, !list.isEmpty else {
            say(exportRun == nil ? "there is nothing to put into a calendar" : "an export is being written")
            return []
        }
        exportCount += 1
        let stamp = now.rfc3339.prefix(19).filter { $0 != "-" && $0 != ":" }
        let file = "mtlstop-expiring-\(stamp)Z.ics"
        exportRun = ExportRun(id: exportCount, file: file)
        return [.writeFile(ExpiryCalendar.text(list, now: now), file: file, id: exportCount)]
    }

    /// The export before once more, into a new file of the time it is now.
    mutating func exportAgain() -> [Effect] {
        guard exportRun == nil else {
            say("an export is being written: ^G stops it")
            return []
        }
        guard var plan = lastExport else {
            openExport()
            return []
        }
        plan.created = now
        plan.since = plan.range.start(now: now)
        plan.file = exportName(plan.format)
        return begin(plan, replacing: false)
    }

    mutating func accept(_ news: ExportNews, id: Int) {
        guard let run = exportRun, run.id == id else { return }
        switch news {
        case .progress(let part, let events):
            exportRun?.part = part
            exportRun?.events = events
            return
        case .written(let events, let bytes):
            export = nil
            let size = Figures.bytes(bytes)
            say("\(Figures.counted(events, "event", "events")), \(size), written: \(SafeText(run.file))", role: .ok)
        case .wroteFile: say("written: \(SafeText(run.file))", role: .ok)
        case .exists(let file): askToReplace(file)
        case .stopped: say("the export was stopped; nothing of it stays", role: .warning)
        case .failed(let why): failExport(why)
        }
        exportRun = nil
    }

    private mutating func askToReplace(_ file: String) {
        if export == nil {
            say("\(SafeText(file)) is there already: e asks before it replaces", role: .warning)
        } else {
            export?.asksToReplace = true
        }
    }

    private mutating func failExport(_ why: SafeText) {
        say("export: \(why)", role: .critical)
        export?.problem = why
    }
}
