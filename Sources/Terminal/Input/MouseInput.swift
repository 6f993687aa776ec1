/// What the mouse did, and where.
package struct MouseInput: Hashable, Sendable {
    /// The things a mouse does here.
    package enum Deed: Hashable, Sendable {
        /// The first button went down.
        case press
        /// The right button went down.
        case otherPress
        /// The wheel went up one notch.
        case wheelUp
        /// The wheel went down one notch.
        case wheelDown
    }

    /// What it did.
    package let deed: Deed
    /// The cell it points at.
    package let place: Point

    /// Makes a report of the mouse.
    package init(deed: Deed, place: Point) {
        self.deed = deed
        self.place = place
    }
}
