import SafeText
import Terminal

/// The command line.
extension DashboardState {
    /// The most commands that Up finds again.
    private static let commandHistoryLimit = 100

    mutating func openCommandPrompt(_ text: String = "") {
        prompt = FilterPrompt(kind: .command, editor: LineEditor(text), before: "")
    }

    mutating func commandAction(_ action: Action) -> [Effect] {
        switch action {
        case .promptApply: return applyCommand()
        case .promptComplete: completeCommand()
        case .promptEarlier: walk(commandHistory, by: -1)
        case .promptLater: walk(commandHistory, by: 1)
        case .promptSearch: walk(commandHistory, by: -1, anywhere: true)
        case .promptCancel: prompt = nil
        default: break
        }
        return []
    }

    private mutating func applyCommand() -> [Effect] {
        let text = prompt?.editor.text ?? ""
        guard let command = CommandText(text) else {
            if text.allSatisfy({ $0 == " " }) {
                prompt = nil
            } else {
                prompt?.problem = FilterProblem(column: 1, message: "no such command: Tab completes, ? lists the keys")
            }
            return []
        }
        prompt = nil
        commandHistory.removeAll { $0 == text }
        commandHistory = commandHistory.suffix(Self.commandHistoryLimit - 1) + [text]
        return perform(command)
    }

    /// Carries a command out.
    mutating func perform(_ command: CommandText) -> [Effect] {
        switch command {
        case .action(let action): return perform(action)
        case .filter(let filter): setFilter(filter)
        case .sort(let name): sort(named: name)
        case .group(let name): group(named: name)
        case .set(let text): return setOption(text)
        case .map(let text): mapKey(text)
        case .unmap(let text): unmapKey(text)
        case .help(let word): help = HelpState(topic: .word(word))
        case .goTo(let text): goTo(text)
        case .range(let text): setRange(text)
        case .event(let id): places.append(.event(id))
        case .view(let name): show(name)
        case .diff(let left, let right): compare(left, right)
        case .certificate(let digits): places.append(.certificate(CertificateName(lookup: digits, title: digits)))
        }
        scroll = 0
        return []
    }

    private mutating func completeCommand() {
        guard let typed = prompt?.editor.text else { return }
        if let ending = CommandText.completion(of: typed, among: CommandText.names) {
            prompt?.editor.text = typed + ending
        }
    }
}
