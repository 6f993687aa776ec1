/// A key as the terminal reported it.
package enum Key: Hashable, Sendable {
    /// A character that was typed.
    case character(Unicode.Scalar)
    /// Control with a character; letters are lower case.
    case control(Unicode.Scalar)
    /// Alt (or Escape before it) with a character.
    case alt(Unicode.Scalar)
    /// Return or Enter.
    case enter
    /// Escape by itself.
    case escape
    /// Tab.
    case tab
    /// Shift and Tab.
    case backTab
    /// Backspace.
    case backspace
    /// Delete.
    case delete
    /// Insert.
    case insert
    /// Arrow up.
    case up
    /// Arrow down.
    case down
    /// Arrow left.
    case left
    /// Arrow right.
    case right
    /// Home.
    case home
    /// End.
    case end
    /// Page up.
    case pageUp
    /// Page down.
    case pageDown
    /// A function key, from 1.
    case function(Int)

    /// The key for a character that arrived: controls have keys of their own.
    package init(character: Unicode.Scalar) {
        switch character.value {
        case 0x0A, 0x0D: self = .enter
        case 0x09: self = .tab
        case 0x1B: self = .escape
        case 0x08, 0x7F: self = .backspace
        case 0x00: self = .control(" ")
        case 0x01...0x1A: self = .control(Unicode.Scalar(UInt8(character.value) + 0x60))
        case 0x1C...0x1F: self = .control(Unicode.Scalar(UInt8(character.value) + 0x40))
        default: self = .character(character)
        }
    }
}
