/// Reads one report of the mouse (xterm's SGR notation, mode 1006): `button;column;row` and `M` or `m` at its end.
struct MouseReport: Hashable, Sendable {
    /// What a character made of the report.
    enum Progress: Hashable {
        /// More is to come.
        case going
        /// It is complete; nil for a release and for what nobody asked for.
        case done(MouseInput?)
        /// The character belongs to no report.
        case broken
    }

    private var numbers: [Int] = [0]
    private var length = 0

    /// The longest report: three numbers of five digits.
    private static let limit = 18

    /// Takes the next character behind `ESC [ <`.
    mutating func take(_ scalar: Unicode.Scalar) -> Progress {
        length += 1
        guard length <= Self.limit else { return .broken }
        switch scalar {
        case "0"..."9":
            numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(scalar.value - 48)
            return .going
        case ";" where numbers.count < 3:
            numbers.append(0)
            return .going
        case "M", "m": return .done(scalar == "M" ? input : nil)
        default: return .broken
        }
    }

    /// The report as input; keys that are held with it (bits 2 to 4) change nothing.
    private var input: MouseInput? {
        guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
        let place = Point(x: numbers[1] - 1, y: numbers[2] - 1)
        switch numbers[0] & ~0b11100 {
        case 0: return MouseInput(deed: .press, place: place)
        case 2: return MouseInput(deed: .otherPress, place: place)
        case 64: return MouseInput(deed: .wheelUp, place: place)
        case 65: return MouseInput(deed: .wheelDown, place: place)
        default: return nil
        }
    }
}
