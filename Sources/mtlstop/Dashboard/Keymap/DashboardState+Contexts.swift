/// Which keys hold now.
extension DashboardState {
    /// The contexts of the moment, the most special first.
    var contexts: [Context] {
        if prompt != nil { return [.prompt, .always] }
        if let export { return exportContexts(export) }
        if menu != nil { return [.menu, .always] }
        if help != nil { return [.help, .always] }
        return screenContexts
    }

    /// The contexts of the screen below any overlay; the help lists these.
    var screenContexts: [Context] {
        if case .down = health.collector { return Array(placeContexts.dropLast()) + [.collectorDown, .always] }
        return placeContexts
    }

    private var placeContexts: [Context] {
        if isFirstRun { return [.firstRun, .screen, .always] }
        guard let place else { return [viewContext, .list, .screen, .always] }
        switch place {
        case .event: return [.event, .document, .screen, .always]
        case .certificate: return [.certificate, .document, .screen, .always]
        case .why: return [.why, .document, .screen, .always]
        case .sql, .comparison: return [.document, .screen, .always]
        case .parties: return [.parties, .list, .screen, .always]
        case .partyEvents: return [.partyEvents, .list, .screen, .always]
        }
    }

    private func exportContexts(_ dialog: ExportDialog) -> [Context] {
        if dialog.asksToReplace { return [.replacing, .always] }
        return dialog.field.isText ? [.dialog, .always] : [.dialogChoice, .dialog, .always]
    }

    private var viewContext: Context {
        switch view {
        case .live: .live
        case .rejections: .rejections
        case .certs: .certs
        case .expiring: .expiring
        case .sources: .sources
        case .changes: .changes
        }
    }
}
