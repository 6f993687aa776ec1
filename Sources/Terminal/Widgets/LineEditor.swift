package import SafeText

/// The state of a line being typed: text, cursor, and what keys do to them.
package struct LineEditor: Hashable, Sendable {
    /// What a key or a paste did.
    package enum Outcome: Hashable, Sendable {
        /// The text is another one now.
        case changed
        /// Only the cursor moved, or nothing was left to do.
        case moved
        /// The key means nothing here.
        case ignored
    }

    /// The most scalars a line holds; more is not taken in.
    package static let limit = 4096

    private var scalars: [Unicode.Scalar]
    /// What Ctrl-U, Ctrl-K or Ctrl-W took away last; Ctrl-Y puts it in again.
    private var killed: [Unicode.Scalar] = []
    /// The cursor's place, in scalars from the start.
    package private(set) var cursor: Int

    /// Makes an editor with the cursor behind the text.
    package init(_ text: String = "") {
        scalars = Array(text.unicodeScalars.prefix(LineEditor.limit))
        cursor = scalars.count
    }

    /// The text as it was typed.
    package var text: String {
        get { LineEditor.string(scalars[...]) }
        set { self = LineEditor(newValue) }
    }

    /// True when the cursor stands behind the text.
    package var isAtEnd: Bool { cursor == scalars.count }

    /// True when nothing was typed.
    package var isEmpty: Bool { scalars.isEmpty }

    /// Takes a key in.
    package mutating func handle(_ key: Key) -> Outcome {
        switch key {
        case .character(let scalar): insert([scalar])
        case .backspace, .control("h"): remove(max(0, cursor - 1)..<cursor)
        case .delete, .control("d"): remove(cursor..<min(scalars.count, cursor + 1))
        case .control("u"): kill(0..<cursor)
        case .control("k"): kill(cursor..<scalars.count)
        case .control("w"), .alt("\u{7F}"): kill(wordStart..<cursor)
        case .alt("d"): kill(cursor..<wordEnd)
        case .control("y"): insert(killed)
        case .control("t"): transpose()
        case .left, .control("b"): move(to: cursor - 1)
        case .right, .control("f"): move(to: cursor + 1)
        case .home, .control("a"): move(to: 0)
        case .end, .control("e"): move(to: scalars.count)
        case .alt("b"): move(to: wordStart)
        case .alt("f"): move(to: wordEnd)
        default: .ignored
        }
    }

    /// Takes pasted text in; line breaks and tabs become blanks.
    package mutating func paste(_ text: Untrusted) -> Outcome {
        let pasted = String(decoding: text.bytes, as: UTF8.self).unicodeScalars
        return insert(pasted.map { 0x09...0x0D ~= $0.value ? " " : $0 })
    }

    /// The part of the line around the cursor in at most `width` cells, and the cursor's column in it.
    package func visible(width: Int) -> (text: SafeText, cursor: Int) {
        guard width > 0 else { return ("", 0) }
        let shown = scalars.map { SafeText(String($0)) }
        var start = cursor
        var column = 0
        while start > 0, column + shown[start - 1].width < width {
            start -= 1
            column += shown[start].width
        }
        return (shown[start...].joined().prefix(cells: width), column)
    }

    private mutating func insert(_ new: [Unicode.Scalar]) -> Outcome {
        let taken = new.prefix(LineEditor.limit - scalars.count)
        scalars.insert(contentsOf: taken, at: cursor)
        cursor += taken.count
        return taken.isEmpty ? .moved : .changed
    }

    private mutating func remove(_ range: Range<Int>) -> Outcome {
        scalars.removeSubrange(range)
        cursor = range.lowerBound
        return range.isEmpty ? .moved : .changed
    }

    private mutating func kill(_ range: Range<Int>) -> Outcome {
        if !range.isEmpty { killed = Array(scalars[range]) }
        return remove(range)
    }

    /// Swaps the characters round the cursor, at the end the last two.
    private mutating func transpose() -> Outcome {
        guard scalars.count > 1, cursor > 0 else { return .moved }
        let right = min(cursor, scalars.count - 1)
        scalars.swapAt(right - 1, right)
        cursor = right + 1
        return .changed
    }

    private mutating func move(to position: Int) -> Outcome {
        cursor = min(max(0, position), scalars.count)
        return .moved
    }

    private var wordStart: Int {
        var index = cursor
        while index > 0, scalars[index - 1] == " " { index -= 1 }
        while index > 0, scalars[index - 1] != " " { index -= 1 }
        return index
    }

    private var wordEnd: Int {
        var index = cursor
        while index < scalars.count, scalars[index] == " " { index += 1 }
        while index < scalars.count, scalars[index] != " " { index += 1 }
        return index
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
