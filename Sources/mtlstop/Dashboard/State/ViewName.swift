/// The top-level views, in the order of their digits.
enum ViewName: String, CaseIterable, Hashable, Sendable {
    case live
    case rejections
    case certs
    case expiring
    case sources
    case changes

    /// The digit that opens the view, from 1.
    var digit: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}
