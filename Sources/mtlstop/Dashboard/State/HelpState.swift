/// The open help: what it is about, and how far it is scrolled.
struct HelpState: Hashable, Sendable {
    /// What the help is about.
    enum Topic: Hashable, Sendable {
        /// The keys of the place.
        case keys
        /// The keys of all places.
        case all
        /// How an application is connected.
        case guide
        /// All lines with a word.
        case word(String)
    }

    var topic = Topic.keys
    var scroll = 0
}
