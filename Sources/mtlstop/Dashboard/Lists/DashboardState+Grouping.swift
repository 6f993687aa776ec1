import AuditStore
import SafeText
import Terminal

/// By what the rejections are grouped; who and which events follow the group.
extension DashboardState {
    /// What the menu of groups offers; the one in force is marked.
    var groupChoices: [MenuChoice] {
        RejectionGrouping.allCases.map { choice in
            let sign: SafeText = choice == grouping ? "* " : "  "
            return MenuChoice(label: sign + choice.title, deed: .group(choice))
        }
    }

    /// Opens the menu of groups at the one in force.
    mutating func openGroupMenu() {
        guard view == .rejections else { return say("only Rejections (2) can be grouped") }
        menu = Menu(kind: .group, index: RejectionGrouping.allCases.firstIndex(of: grouping) ?? 0)
    }

    /// Groups by something else, from the first level on.
    mutating func group(by choice: RejectionGrouping) {
        if choice != grouping {
            grouping = choice
            places = []
            isPartyPaneFocused = false
            groupCursor.reset()
            partyCursor.reset()
        }
        say("grouped by \(choice.title)")
    }

    /// The title of a group; the sign that stands for what varies in thrown messages is ASCII where all is.
    func title(_ title: String) -> SafeText {
        SafeText(glyphs.isASCII ? title.replacing("\u{2026}", with: "...") : title)
    }

    /// Groups by what has been named; an unknown name is told.
    mutating func group(named name: String) {
        guard let choice = RejectionGrouping(rawValue: name) else {
            let names = RejectionGrouping.allCases.map { SafeText($0.rawValue) }.joined(separator: ", ")
            return say("rejections can be grouped by \(names)", role: .warning)
        }
        if view != .rejections { show(.rejections) }
        group(by: choice)
    }
}

extension RejectionGrouping {
    /// How the group is called on the screen.
    var title: SafeText { self == .ip ? "address" : SafeText(rawValue) }

    /// The title of the column that names the groups.
    var heading: SafeText {
        switch self {
        case .reason: "REASON"
        case .subject: "SUBJECT"
        case .ip: "CLIENT IP"
        case .service: "SERVICE"
        case .issuer: "ISSUER"
        }
    }
}
