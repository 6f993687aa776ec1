/// The open list of ranges.
struct RangeMenu: Hashable, Sendable {
    var index: Int
}
