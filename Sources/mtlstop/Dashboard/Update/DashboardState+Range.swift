import SafeText

/// The list of ranges: what it offers depends on the view.
extension DashboardState {
    /// Days ahead that Expiring offers.
    static let expiringChoices: [Int64] = [7, 30, 90, 365].map { $0 * 86_400_000 }

    /// What the menu offers now.
    var rangeChoices: [SafeText] {
        if view == .expiring { return Self.expiringChoices.map { "next \($0 / 86_400_000) days" } }
        return TimeRange.presets.map(\.title)
    }

    /// The range of the view on the screen.
    var shownRange: TimeRange { view == .rejections ? rejectionRange : liveRange }

    mutating func openRangeMenu() {
        let index =
            view == .expiring
            ? Self.expiringChoices.firstIndex(of: expiringWithin)
            : TimeRange.presets.firstIndex(of: shownRange)
        rangeMenu = RangeMenu(index: index ?? 0)
    }

    mutating func menuAction(_ action: Action) {
        guard var menu = rangeMenu else { return }
        switch action {
        case .rowDown: menu.index = min(menu.index + 1, rangeChoices.count - 1)
        case .rowUp: menu.index = max(menu.index - 1, 0)
        case .open:
            rangeMenu = nil
            takeRange(menu.index)
            return
        default:
            rangeMenu = nil
            return
        }
        rangeMenu = menu
    }

    private mutating func takeRange(_ index: Int) {
        if view == .expiring {
            expiringWithin = Self.expiringChoices[index]
        } else if view == .rejections {
            rejectionRange = TimeRange.presets[index]
        } else {
            liveRange = TimeRange.presets[index]
            follow()
        }
    }
}
