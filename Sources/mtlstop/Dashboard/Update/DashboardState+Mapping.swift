import SafeText
import Terminal

/// Keys that are changed while the program runs, until it ends.
extension DashboardState {
    /// Takes what was typed behind `map`: a key and an action.
    mutating func mapKey(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 2 else { return say("map: a key and an action, as in  map x why", role: .warning) }
        change("map \(SafeText(text))") { mapping throws(KeyMapping.Problem) in try mapping.map(words[0], words[1]) }
    }

    /// Takes what was typed behind `unmap`: a key.
    mutating func unmapKey(_ text: String) {
        change("unmap \(SafeText(text))") { mapping throws(KeyMapping.Problem) in try mapping.unmap(text) }
    }

    private mutating func change(
        _ order: SafeText,
        _ body: (inout KeyMapping) throws(KeyMapping.Problem) -> Void
    ) {
        var mapping = KeyMapping(bindings)
        do throws(KeyMapping.Problem) {
            try body(&mapping)
            if let (_, problem) = mapping.problem() { throw problem }
        } catch {
            return say("\(error.message): \(error.remedy)", role: .warning)
        }
        bindings = mapping.bindings
        say("\(order): until you leave; a line in dashboard.conf keeps it")
    }
}
