/// A small terminal in memory: it obeys the sequences curses sends and nothing else.
///
/// An independent second opinion on what was painted: characters and reverse video.
struct EmulatedTerminal {
    private(set) var rows: [[String?]]
    private(set) var unknown: [String] = []
    private let columns: Int
    private var x = 0
    private var y = 0
    private var top = 0
    private var bottom: Int
    private var saved = (x: 0, y: 0)
    private var newest: String = " "
    private var wrapsNext = false

    init(columns: Int, rows: Int) {
        self.columns = columns
        bottom = rows - 1
        self.rows = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    }

    /// The rows as text, blanks at their ends left out.
    var text: String {
        rows.map { row in
            var line = row.compactMap { $0 }.joined()
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    mutating func take(_ bytes: [UInt8], width: (Unicode.Scalar) -> Int) {
        var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\u{1B}": escape(&scalars)
            case "\r": moveTo(0, y)
            case "\n": lineFeed()
            case "\u{8}": moveTo(x - 1, y)
            case "\t": moveTo(x / 8 * 8 + 8, y)
            case "\u{F}", "\u{7}", "\0": break
            default: put(scalar, width(scalar))
            }
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar, _ width: Int) {
        if width == 0 { return combine(scalar) }
        if wrapsNext || x + width > columns {
            moveTo(0, y)
            lineFeed()
        }
        newest = String(scalar)
        breakWide(x)
        if width == 2 { breakWide(x + 1) }
        rows[y][x] = newest
        if width == 2 { rows[y][x + 1] = nil }
        wrapsNext = x + width >= columns
        x = min(x + width, columns - 1)
    }

    private mutating func combine(_ mark: Unicode.Scalar) {
        let column = wrapsNext ? x : max(0, x - 1)
        let base = rows[y][column] == nil ? column - 1 : column
        if let character = rows[y][base] { rows[y][base] = character + String(mark) }
    }

    private mutating func breakWide(_ column: Int) {
        if rows[y][column] == nil, column > 0 { rows[y][column - 1] = " " }
        if column + 1 < columns, rows[y][column + 1] == nil, rows[y][column] != nil { rows[y][column + 1] = " " }
        rows[y][column] = " "
    }

    private mutating func moveTo(_ column: Int, _ row: Int) {
        x = min(max(0, column), columns - 1)
        y = min(max(0, row), rows.count - 1)
        wrapsNext = false
    }

    private mutating func lineFeed() {
        wrapsNext = false
        if y == bottom { scroll(1, from: top) } else { y = min(y + 1, rows.count - 1) }
    }

    /// Moves the lines from `first` to the bottom of the region up, or down when negative.
    private mutating func scroll(_ count: Int, from first: Int) {
        let blank: [String?] = Array(repeating: " ", count: columns)
        for _ in 0..<min(abs(count), bottom - first + 1) {
            if count > 0 {
                rows.remove(at: first)
                rows.insert(blank, at: bottom)
            } else {
                rows.remove(at: bottom)
                rows.insert(blank, at: first)
            }
        }
    }

    private mutating func escape(_ rest: inout ArraySlice<Unicode.Scalar>) {
        guard let kind = rest.popFirst() else { return }
        switch kind {
        case "[": control(&rest)
        case "(", ")": _ = rest.popFirst()
        case "7": saved = (x, y)
        case "8": moveTo(saved.x, saved.y)
        case "M": if y == top { scroll(-1, from: top) } else { moveTo(x, y - 1) }
        case "=", ">": break
        case "]": while let scalar = rest.popFirst(), scalar != "\u{7}" {}
        default: unknown.append("ESC \(kind)")
        }
    }

    private mutating func control(_ rest: inout ArraySlice<Unicode.Scalar>) {
        var parameters = ""
        while let scalar = rest.popFirst() {
            if 0x40...0x7E ~= scalar.value {
                if parameters.first != "?" { obey(scalar, parameters.split(separator: ";").map { Int($0) ?? 0 }) }
                return
            }
            parameters.unicodeScalars.append(scalar)
        }
    }

    private mutating func obey(_ command: Unicode.Scalar, _ numbers: [Int]) {
        let first = numbers.first ?? 0
        let count = max(1, first)
        switch command {
        case "H", "f": moveTo((numbers.count > 1 ? max(1, numbers[1]) : 1) - 1, count - 1)
        case "A": moveTo(x, y - count)
        case "B": moveTo(x, y + count)
        case "C": moveTo(x + count, y)
        case "D": moveTo(x - count, y)
        case "G": moveTo(count - 1, y)
        case "d": moveTo(x, count - 1)
        case "b": for _ in 0..<count { put(newest.unicodeScalars.first ?? " ", 1) }
        case "r": setRegion(numbers)
        case "m", "t", "h", "l": break
        default: edit(command, first, count)
        }
    }

    private mutating func edit(_ command: Unicode.Scalar, _ first: Int, _ count: Int) {
        switch command {
        case "J": eraseScreen(first)
        case "K": erase(first == 0 ? x..<columns : first == 1 ? 0..<x + 1 : 0..<columns, row: y)
        case "X": erase(x..<min(columns, x + count), row: y)
        case "L": scroll(-count, from: y)
        case "M": scroll(count, from: y)
        case "S": scroll(count, from: top)
        case "T": scroll(-count, from: top)
        case "P": shiftLeft(count)
        case "@": shiftRight(count)
        default: unknown.append("CSI \(command)")
        }
    }

    private mutating func setRegion(_ numbers: [Int]) {
        top = max(1, numbers.first ?? 1) - 1
        bottom = (numbers.count > 1 && numbers[1] > 0 ? numbers[1] : rows.count) - 1
        moveTo(0, 0)
    }

    private mutating func eraseScreen(_ mode: Int) {
        if mode == 0 { erase(x..<columns, row: y) }
        if mode == 1 { erase(0..<x + 1, row: y) }
        for row in rows.indices where mode >= 2 || (mode == 0 && row > y) || (mode == 1 && row < y) {
            erase(0..<columns, row: row)
        }
    }

    private mutating func erase(_ range: Range<Int>, row: Int) {
        wrapsNext = false
        for column in range { rows[row][column] = " " }
    }

    private mutating func shiftLeft(_ count: Int) {
        for _ in 0..<min(count, columns - x) {
            rows[y].remove(at: x)
            rows[y].append(" ")
        }
    }

    private mutating func shiftRight(_ count: Int) {
        for _ in 0..<min(count, columns - x) {
            rows[y].removeLast()
            rows[y].insert(" ", at: x)
        }
    }
}
