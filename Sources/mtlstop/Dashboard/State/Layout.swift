import Terminal

/// How the rows of a terminal are shared out; follows from its size alone.
struct Layout: Hashable, Sendable {
    /// What a terminal of a size can show.
    enum Kind: Hashable, Sendable {
        /// Views, numbers, filter, list, position, keys.
        case full
        /// The same without the numbers line.
        case compact
        /// A short list under one line of numbers.
        case small
        /// Only the numbers.
        case numbers
    }

    let size: Size
    let kind: Kind

    /// The layout of a size; a dense one leaves the numbers line out.
    init(_ size: Size, isDense: Bool = false) {
        self.size = size
        kind =
            if size.columns >= 80, size.rows >= 24, !isDense {
                .full
            } else if size.columns >= 60, size.rows >= 15 {
                .compact
            } else if size.columns >= 40, size.rows >= 10 {
                .small
            } else {
                .numbers
            }
    }

    /// True when more columns fit: issuer, fingerprint, milliseconds, method.
    var isWide: Bool { size.columns >= 110 }

    /// True when a preview fits below the list without being asked for.
    var hasRoomForPreview: Bool { size.rows >= 30 && size.columns >= 80 }

    /// Lines above the body.
    var head: Int {
        switch kind {
        case .full: 3
        case .compact: 2
        case .small: 1
        case .numbers: 0
        }
    }

    /// The body's first row.
    var bodyTop: Int { head }

    /// Rows between the head and the two lines at the bottom.
    var bodyRows: Int { max(0, size.rows - head - 2) }

    var positionRow: Int { size.rows - 2 }
    var keysRow: Int { size.rows - 1 }
}
