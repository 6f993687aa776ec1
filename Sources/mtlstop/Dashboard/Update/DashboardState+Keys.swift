import AuditStore
import SafeText
import Terminal

/// What keys do.
extension DashboardState {
    mutating func press(_ key: Key) -> [Effect] {
        if let action = Keymap.action(for: key, in: contexts, bindings: bindings) {
            return action == .pick ? pick(key) : perform(action)
        }
        if prompt != nil {
            type(key)
        } else if export != nil {
            typeInExport(key)
        } else if menu == nil, help == nil {
            say("\(Keymap.name(key)) does nothing here: ? lists the keys")
        }
        return []
    }

    mutating func perform(_ action: Action) -> [Effect] {
        switch action {
        case .quit: return quit()
        case .stop: return stopWork()
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .promptApply, .promptCancel, .promptEarlier, .promptLater, .promptComplete,
            .promptCompleteBack, .promptSearch:
            return promptAction(action)
        default:
            if export != nil {
                return exportAction(action)
            } else if menu != nil {
                return menuAction(action)
            } else if help != nil {
                helpAction(action)
            } else {
                return screenAction(action)
            }
        }
        return []
    }

    private mutating func screenAction(_ action: Action) -> [Effect] {
        switch action {
        case .viewLive: show(.live)
        case .viewRejections: show(.rejections)
        case .viewCerts: show(.certs)
        case .viewExpiring: show(.expiring)
        case .viewSources: show(.sources)
        case .viewChanges: show(.changes)
        case .open, .certificate, .why: return openAction(action)
        case .back: return goBack()
        case .close: return places.isEmpty ? quit() : goBack()
        case .help: help = HelpState()
        case .filter: openPrompt()
        case .undoFilter: undoFilter()
        case .clearFilter: setFilter("")
        case .range: openRangeMenu()
        case .zoomIn, .zoomOut: zoom(isCloser: action == .zoomIn)
        case .shiftBack, .shiftForward: shift(isLater: action == .shiftForward)
        case .nextFinding, .previousFinding: goToFinding(isBelow: action == .nextFinding)
        case .plain: isPlain.toggle()
        case .sendTest: return [.sendTest]
        case .guide: help = HelpState(topic: .guide)
        case .demo: return [.quit(DashboardProgram.startsDemo)]
        case .collectorBox: showsCollectorBox.toggle()
        case .retry:
            say("looking for a collector on \(SafeText(socketPath).cut(to: 40, keeping: .end))")
            return [.retry]
        case .options: openMenu(.options)
        case .keep: narrow(keeping: true)
        case .drop: narrow(keeping: false)
        case .cellLeft: moveCell(by: -1)
        case .cellRight: moveCell(by: 1)
        case .viewLast: show(lastView ?? view)
        case .toggleFilter: toggleFilter()
        case .previewSide: turnPreview()
        case .related: openMenu(.related)
        case .copy where isFirstRun: return copyHook()
        case .copy: openMenu(.copy)
        case .command: openCommandPrompt()
        case .times:
            timeStyle = timeStyle.next
            say("times: \(timeStyle.title)")
        case .refresh: epoch += 1
        case .markRead:
            say(lastLook == nil ? "nothing new since you last looked" : "marked as read")
            lastLook = nil
        case .pause: togglePause()
        case .follow: follow()
        case .preview: previewChoice = !showsPreview
        case .sort: openSortMenu()
        case .sortNext: turnOrder(by: 1)
        case .sortPrevious: turnOrder(by: -1)
        case .reverse: reverseOrder()
        case .columns: openColumnMenu()
        case .group: openGroupMenu()
        case .nextPane where plan.secondRows == 0: say("there is no room for two panes: Enter opens who")
        case .nextPane: isPartyPaneFocused.toggle()
        case .nextSection: jumpSection(forward: true)
        case .previousSection: jumpSection(forward: false)
        default:
            if let effects = workAction(action) { return effects }
            moveAction(action)
        }
        return []
    }

    private mutating func moveAction(_ action: Action) {
        if isList { moveInList(action) } else { scrollDocument(action) }
    }

    /// Opens a view at its list.
    mutating func show(_ view: ViewName) {
        if view != self.view { lastView = self.view }
        self.view = view
        places = []
        scroll = 0
        isPartyPaneFocused = false
    }

    private mutating func goBack() -> [Effect] {
        if showsCollectorBox {
            showsCollectorBox = false
            return []
        }
        if let list = shownList, cells.removeValue(forKey: list) != nil { return [] }
        if find.isActive {
            find = FindState()
            return []
        }
        guard !places.isEmpty else {
            if isPartyPaneFocused { isPartyPaneFocused = false }
            return []
        }
        places.removeLast()
        scroll = 0
        return []
    }

    private mutating func togglePause() {
        if live.isPaused {
            live.pausedAt = nil
        } else if let newest = liveWindow?.rows.first?.id {
            live.pausedAt = live.isFollowing ? newest : max(newest, status?.lastEventID ?? newest)
        } else {
            say("nothing to pause yet")
        }
    }

    /// Jumps to the newest row and stays there.
    mutating func follow() {
        live.pausedAt = nil
        live.isFollowing = true
        live.anchor = .newest
        live.goesToOldest = false
        live.cursor.reset()
    }

    private mutating func helpAction(_ action: Action) {
        guard var help else { return }
        let page = max(1, layout.bodyRows - 1)
        switch action {
        case .rowDown: help.scroll += 1
        case .rowUp: help.scroll -= 1
        case .pageDown: help.scroll += page
        case .pageUp: help.scroll -= page
        case .help: help = HelpState(topic: help.topic == .keys ? .all : .keys)
        case .filter: return openCommandPrompt("help ")
        default:
            self.help = nil
            return
        }
        let lines = HelpPage.lines(for: self).count
        help.scroll = min(max(0, help.scroll), max(0, lines - HelpPage.capacity(in: size)))
        self.help = help
    }
}
