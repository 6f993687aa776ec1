import Foundation
import Testing

@testable import Terminal

@Suite("Themes can be read, also by those who see colours otherwise")
struct ThemeTests {
    private static let coloured: [ThemeName] = [.dark, .light, .highContrast]
    /// Roles whose text has to be read; lines between parts need less.
    private static let read = Role.allCases.filter { $0 != .rule }

    @Test("Every text of a theme stands out from its background", arguments: coloured)
    func contrast(_ theme: ThemeName) {
        let wanted = theme == .highContrast ? 7.0 : 4.5
        for role in Self.read {
            let look = theme.look(of: role)
            let ground = look.background.map { Colour($0.index) } ?? Self.ground(of: theme)
            guard let text = look.foreground.map({ Colour($0.index) }) else { continue }
            #expect(text.contrast(to: ground) >= wanted, "\(theme), \(role): \(text.contrast(to: ground))")
        }
    }

    @Test(
        "Accepted, rejected and warned are told apart with two kinds of cones",
        arguments: coloured,
        Colour.deficiencies
    )
    func deficiency(_ theme: ThemeName, _ deficiency: Colour.Deficiency) {
        let colours = [Role.ok, .rejected, .mark].compactMap { theme.look(of: $0).foreground }.map { Colour($0.index) }
        #expect(colours.count == 3)
        for (index, left) in colours.enumerated() {
            for right in colours[(index + 1)...] {
                #expect(left.seen(with: deficiency).distance(to: right.seen(with: deficiency)) > 0.12, "\(theme)")
            }
        }
    }

    @Test("No two states look alike without colours", arguments: ThemeName.allCases)
    func withoutColours(_ theme: ThemeName) {
        #expect(theme.look(of: .rejected).emphasis != theme.look(of: .ok).emphasis)
        #expect(theme.look(of: .critical) != theme.look(of: .text))
        #expect(theme.look(of: .selected).emphasis.contains(.reverse))
    }

    @Test("The mono theme has no colour, the default one only basic ones")
    func simpleThemes() {
        for role in Role.allCases {
            #expect(ThemeName.mono.look(of: role).foreground == nil)
            #expect(ThemeName.mono.look(of: role).background == nil)
            #expect(ThemeName.standard.look(of: role).foreground?.index ?? 0 < 8)
        }
    }

    private static func ground(of theme: ThemeName) -> Colour { theme == .light ? Colour(231) : Colour(16) }
}

/// A colour of the 256, as linear light.
struct Colour {
    var red: Double
    var green: Double
    var blue: Double

    /// The eye without one kind of cones, as a matrix on linear light (Machado, Oliveira and Fernandes 2009).
    struct Deficiency: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var rows: [[Double]]
    }

    static let deficiencies = [
        Deficiency(
            testDescription: "protanopia",
            rows: [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]
        ),
        Deficiency(
            testDescription: "deuteranopia",
            rows: [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]
        ),
    ]

    init(_ index: UInt8) {
        let steps: [Double] = [0, 95, 135, 175, 215, 255]
        let values: [Double]
        if index >= 232 {
            values = [Double](repeating: Double(8 + 10 * Int(index - 232)), count: 3)
        } else {
            let cube = Int(index) - 16
            values = [steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6]]
        }
        self.init(values.map(Self.linear))
    }

    private init(_ light: [Double]) {
        red = light[0]
        green = light[1]
        blue = light[2]
    }

    private static func linear(_ value: Double) -> Double {
        let part = value / 255
        return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }

    /// The contrast of WCAG 2: 1 to 21.
    func contrast(to other: Colour) -> Double {
        let (left, right) = (luminance + 0.05, other.luminance + 0.05)
        return max(left, right) / min(left, right)
    }

    private var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

    func seen(with deficiency: Deficiency) -> Colour {
        Colour(deficiency.rows.map { min(1, max(0, $0[0] * red + $0[1] * green + $0[2] * blue)) })
    }

    func distance(to other: Colour) -> Double {
        let parts = [red - other.red, green - other.green, blue - other.blue]
        return parts.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
}
