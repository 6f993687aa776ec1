/// The open help: how far it is scrolled.
struct HelpState: Hashable, Sendable {
    var scroll = 0
}
