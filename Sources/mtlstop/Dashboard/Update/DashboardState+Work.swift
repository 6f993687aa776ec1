import SafeText
import Terminal

/// What is done with rows: export and what runs in the background.
extension DashboardState {
    /// Carries out an action of this kind; nil for any other.
    mutating func workAction(_ action: Action) -> [Effect]? {
        switch action {
        case .export: openExport()
        case .find: openFindPrompt()
        case .findNext: findNext(isDown: true)
        case .findPrevious: findNext(isDown: false)
        case .mark: toggleMark()
        case .onlyMarked: toggleOnlyMarked()
        case .note: openMenu(.note)
        case .compare: compare()
        case .findings: jump(to: CertificateBytes.findings)
        case .pem: jump(to: CertificateBytes.pem)
        case .fields: jump(to: CertificateBytes.fields)
        case .der: jump(to: CertificateBytes.der)
        case .hideRenewed:
            hidesRenewed.toggle()
            expiringCursor.reset()
            say(hidesRenewed ? "only certificates without a renewal" : "with and without a renewal")
        case .calendar: return writeCalendar()
        case .sql: openSQLPrompt()
        case .exportAgain: return exportAgain()
        default: return nil
        }
        return []
    }

    /// Stops what runs in the background.
    mutating func stopWork() -> [Effect] {
        if exportRun != nil { return [.stopExport] }
        if find.search != nil {
            find.search = nil
            say("the search was stopped")
            return [.cancel(.find)]
        }
        if runsSQL {
            places.removeLast()
            say("the statement was stopped")
            return [.cancel(.sql)]
        }
        say("nothing is running")
        return []
    }

    /// Quits; while an export is being written only when asked twice.
    mutating func quit() -> [Effect] {
        guard exportRun != nil, !hasAskedToQuit else { return [.quit(0)] }
        hasAskedToQuit = true
        say("an export is being written: once more quits and drops it, ^G stops it", role: .warning)
        return []
    }
}
