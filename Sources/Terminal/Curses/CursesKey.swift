import CNCurses

/// What a curses key code means.
enum CursesKey: Equatable {
    case key(Key)
    case pasteStart
    case pasteEnd
    /// A report of the mouse begins.
    case mouse
    case unknown

    /// Codes for the marks of bracketed paste, far above the codes that terminfo entries get.
    static let pasteStartCode: Int32 = 2000
    static let pasteEndCode: Int32 = 2001
    /// Code for the beginning of a mouse report.
    static let mouseCode: Int32 = 2002

    init(code: Int32) {
        switch code {
        case CursesKey.pasteStartCode: self = .pasteStart
        case CursesKey.pasteEndCode: self = .pasteEnd
        case CursesKey.mouseCode: self = .mouse
        case CNCurses_key_f0 + 1...CNCurses_key_f0 + 63: self = .key(.function(Int(code - CNCurses_key_f0)))
        default: self = CursesKey.named(code)
        }
    }

    private static func named(_ code: Int32) -> CursesKey {
        switch code {
        case KEY_UP, KEY_SR: .key(.up)
        case KEY_DOWN, KEY_SF: .key(.down)
        case KEY_LEFT, KEY_SLEFT: .key(.left)
        case KEY_RIGHT, KEY_SRIGHT: .key(.right)
        case KEY_HOME, KEY_SHOME, KEY_A1, KEY_FIND: .key(.home)
        case KEY_END, KEY_SEND, KEY_C1, KEY_SELECT, KEY_LL: .key(.end)
        case KEY_PPAGE, KEY_SPREVIOUS, KEY_A3: .key(.pageUp)
        case KEY_NPAGE, KEY_SNEXT, KEY_C3: .key(.pageDown)
        case KEY_BACKSPACE: .key(.backspace)
        case KEY_DC, KEY_SDC: .key(.delete)
        case KEY_IC, KEY_SIC: .key(.insert)
        case KEY_ENTER: .key(.enter)
        case KEY_BTAB: .key(.backTab)
        default: extended(code)
        }
    }

    /// Keys with modifiers have codes that differ by terminal, and names such as `kUP5`.
    private static func extended(_ code: Int32) -> CursesKey {
        guard let name = keyname(code).map({ String(cString: $0) }), name.utf8.count > 3 else { return .unknown }
        switch name.prefix(while: { !$0.isNumber }) {
        case "kUP": return .key(.up)
        case "kDN": return .key(.down)
        case "kLFT": return .key(.left)
        case "kRIT": return .key(.right)
        case "kHOM": return .key(.home)
        case "kEND": return .key(.end)
        case "kPRV": return .key(.pageUp)
        case "kNXT": return .key(.pageDown)
        case "kDC": return .key(.delete)
        case "kIC": return .key(.insert)
        default: return .unknown
        }
    }
}
