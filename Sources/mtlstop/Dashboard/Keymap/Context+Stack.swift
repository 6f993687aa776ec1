/// Which contexts hold together: a key must mean one thing in each of these.
extension Context {
    /// This context and those that hold below it.
    var stack: [Context] {
        switch self {
        case .live, .rejections, .parties, .partyEvents, .certs, .expiring, .sources, .changes, .list:
            [self, .list, .screen, .always]
        case .event, .certificate, .why, .document: [self, .document, .screen, .always]
        case .dialogChoice: [self, .dialog, .always]
        case .firstRun, .collectorDown: [self, .screen, .always]
        default: [self, .always]
        }
    }
}
