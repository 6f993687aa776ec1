import CertCore
import SafeText
import Terminal

/// The menus: what they offer depends on the view and on the selected row.
extension DashboardState {
    /// Days ahead that Expiring offers.
    static let expiringChoices: [Int64] = [7, 30, 90, 365].map { $0 * 86_400_000 }

    /// Periods that Changes compares.
    static let changeChoices: [Int64] = [3_600_000, 86_400_000, 7 * 86_400_000, 30 * 86_400_000]

    private var rangeTitles: [SafeText] {
        if view == .changes { return Self.changeChoices.map { "last \(TimeRange.short($0)), and before" } }
        if view == .expiring { return Self.expiringChoices.map { "next \($0 / 86_400_000) days" } }
        return TimeRange.presets.map(\.title)
    }

    /// The choices that need something typed.
    private var timePrompts: [MenuChoice] {
        if view == .changes, let lastLook, now - lastLook > 60_000 {
            let title: SafeText = "since you last looked"
            return [MenuChoice(label: title, deed: .period(now - lastLook))]
        }
        guard view != .expiring, view != .changes else { return [] }
        let range = MenuChoice(label: "from .. to", deed: .command("range "))
        return view == .live ? [range, MenuChoice(label: "jump to a time", deed: .command("goto "))] : [range]
    }

    /// What the open menu offers.
    var menuChoices: [MenuChoice] {
        guard let menu else { return [] }
        if let choices = menu.choices { return choices }
        switch menu.kind {
        case .range:
            return rangeTitles.enumerated().map { MenuChoice(label: $0.element, deed: .range($0.offset)) }
                + timePrompts
        case .keep: return rowValues.map { choice($0, .narrow($0.condition)) }
        case .drop: return rowValues.map { choice($0, .narrow("not \($0.condition)")) }
        case .related: return rowValues.map { choice($0, .show($0.condition)) }
        case .copy: return CopyChoices.of(self)
        case .note:
            return noteSubjects.map { MenuChoice(label: $0.subject.title, value: $0.shown, deed: .note($0.subject)) }
        case .options:
            return OptionName.allCases.map { option in
                MenuChoice(
                    label: SafeText(option.rawValue),
                    value: SafeText(value(of: option)),
                    deed: .turn(option)
                )
            }
        case .sort: return sortChoices
        case .columns: return columnMenuChoices
        case .group: return groupChoices
        }
    }

    private var sortChoices: [MenuChoice] {
        guard let list = shownList else { return [] }
        let order = order(of: list)
        return list.sortKeys.map { key in
            let sign: SafeText = key != order.key ? "  " : order.isReversed ? "- " : "* "
            return MenuChoice(label: sign + key.title, deed: .sort(key))
        }
    }

    private var columnMenuChoices: [MenuChoice] {
        guard let list = shownList else { return [] }
        let hidden = columnChoices[list]?.hidden ?? []
        return columnTitles(of: list).map { title in
            let sign: SafeText = hidden.contains(title) ? "[ ] " : "[x] "
            return MenuChoice(label: sign + SafeText(title), deed: .column(title))
        }
    }

    private func choice(_ value: RowValue, _ deed: MenuChoice.Deed) -> MenuChoice {
        MenuChoice(label: value.label, value: value.shown, deed: deed)
    }

    mutating func openRangeMenu() {
        let index =
            switch view {
            case .expiring: Self.expiringChoices.firstIndex(of: expiringWithin)
            case .changes: Self.changeChoices.firstIndex(of: changesWithin)
            default: shownRange.flatMap { TimeRange.presets.firstIndex(of: $0) }
            }
        menu = Menu(kind: .range, index: index ?? 0)
    }

    /// Opens a menu about the selected row; without one it says so.
    mutating func openMenu(_ kind: Menu.Kind) {
        menu = Menu(kind: kind)
        let choices = menuChoices
        if kind != .options { menu?.choices = choices }
        guard choices.isEmpty else { return }
        menu = nil
        say("nothing is selected here")
    }

    mutating func menuAction(_ action: Action) -> [Effect] {
        guard let menu else { return [] }
        let choices = menuChoices
        switch action {
        case .rowDown: self.menu?.index = min(menu.index + 1, max(0, choices.count - 1))
        case .rowUp: self.menu?.index = max(menu.index - 1, 0)
        case .sortPrevious where menu.kind == .columns: moveColumn(by: -1)
        case .sortNext where menu.kind == .columns: moveColumn(by: 1)
        case .sortPrevious, .sortNext, .pick: break
        case .open:
            self.menu = nil
            if choices.indices.contains(menu.index) { return perform(choices[menu.index].deed) }
        default: self.menu = nil
        }
        return []
    }

    /// Takes the choice whose number was pressed; a number without a choice does nothing.
    mutating func pick(_ key: Key) -> [Effect] {
        guard case .character(let digit) = key, let number = Int(String(digit)) else { return [] }
        guard menuChoices.indices.contains(number - 1) else { return [] }
        menu?.index = number - 1
        return menuAction(.open)
    }

    private mutating func perform(_ deed: MenuChoice.Deed) -> [Effect] {
        switch deed {
        case .range(let index): takeRange(index)
        case .command(let text): openCommandPrompt(text)
        case .period(let length): changesWithin = length
        case .turn(let option):
            menu = Menu(kind: .options, index: OptionName.allCases.firstIndex(of: option) ?? 0)
            return turn(option)
        case .sort(let key): if let list = shownList { sort(list, by: key) }
        case .column(let title): turnColumn(title)
        case .group(let grouping): group(by: grouping)
        case .narrow(let condition): narrowFilter(condition)
        case .show(let condition):
            show(.live)
            liveRange = .all
            setFilter(condition)
        case .copy(let lines):
            // No terminal says whether it took the text, so nothing more is claimed.
            say("sent to the terminal's clipboard: \((lines.first ?? "").cut(to: 40))")
            return [.copy(lines)]
        case .note(let subject): openNotePrompt(subject)
        }
        return []
    }

    /// Adds a condition; a filter with `or` is put in parentheses first.
    mutating func narrowFilter(_ condition: String) {
        let text = filter.text
        setFilter(text.isEmpty ? condition : "\(FilterText.grouped(text)) and \(condition)")
    }

    private mutating func takeRange(_ index: Int) {
        switch view {
        case .expiring: expiringWithin = Self.expiringChoices[index]
        case .changes: changesWithin = Self.changeChoices[index]
        default: setRange(TimeRange.presets[index])
        }
    }
}
