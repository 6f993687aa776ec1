import CertCore
import Terminal
import Testing

@testable import mtlstop

/// A screen worth a golden file: how it is reached.
struct Scene: Sendable, CustomTestStringConvertible {
    var name: String
    var columns: Int
    var rows: Int
    var isASCII = false
    var collector = CollectorHealth.outside(pid: 812)
    var keys: [Key] = []
    var prepare: @Sendable (inout DashboardDriver) -> Void = { _ in }

    var testDescription: String { file }
    var file: String { "\(name)-\(columns)x\(rows)\(isASCII ? "-ascii" : "")" }

    func driver() -> DashboardDriver {
        var driver = DashboardDriver(columns, rows, glyphs: isASCII ? .ascii : .unicode, collector: collector)
        prepare(&driver)
        for key in keys { driver.press(key) }
        return driver
    }
}

@Suite("Screens look as their golden files")
struct ScreenTests {
    private static let sizes = [(80, 24), (120, 36)]

    private static func scenes(_ name: String, _ keys: [Key] = []) -> [Scene] {
        sizes.map { Scene(name: name, columns: $0.0, rows: $0.1, keys: keys) }
    }

    private static func at(_ scene: Scene, _ sizes: [(Int, Int)]) -> [Scene] {
        sizes.map { size in
            var copy = scene
            copy.columns = size.0
            copy.rows = size.1
            return copy
        }
    }

    private static let firstRun = Scene(name: "first-run", columns: 80, rows: 24, collector: .inside) { driver in
        driver = DashboardDriver(driver.state.size.columns, driver.state.size.rows, collector: .inside)
        driver.answersAtOnce = false
        driver.state.book = AnswerBook()
        driver.answer = EmptyAnswers.answer
        driver.answersAtOnce = true
        driver.send(.dataChanged)
    }

    private static let guide: Scene = {
        var scene = firstRun
        scene.name = "guide"
        scene.keys = [.character("h")]
        return scene
    }()

    private static let collectorDown = Scene(name: "collector-down", columns: 80, rows: 24) { driver in
        let since = FixtureCast.now.advanced(byMilliseconds: 60_000)
        driver.send(.health(Health(collector: .down(pid: 812, since: since), database: .open)))
        driver.pass(400_000)
    }

    /// The page of a certificate whose bytes are known.
    private static let withBytes = Scene(
        name: "certificate-bytes",
        columns: 80,
        rows: 24,
        keys: [.character("3"), .enter]
    ) { $0.answer = FixtureAnswers.answerWithBytes }

    private static let news = Scene(name: "news", columns: 80, rows: 24) { driver in
        driver.state.lastLook = FixtureCast.now.advanced(byMilliseconds: -20 * 3_600_000)
        driver.send(.dataChanged)
    }

    private static let newsInChanges = Scene(name: "news-changes", columns: 80, rows: 24, keys: [.character("6")]) {
        $0.state.lastLook = FixtureCast.now.advanced(byMilliseconds: -20 * 3_600_000)
    }

    /// The sections of a certificate that keys go to, and what they leave out of Expiring.
    private static let workScenes: [Scene] =
        ["L", "v", "p", "x"].flatMap { key in
            at(withBytes, sizes).map { scene in
                var scene = scene
                scene.name = "certificate-\(key.lowercased())"
                scene.keys += key.unicodeScalars.map { .character($0) }
                return scene
            }
        } + scenes("expiring-unrenewed", [.character("4"), .character("R")])

    /// The rejections by something else than their reason, and who is below a group.
    private static let groupScenes: [Scene] =
        scenes("group-menu", [.character("2"), .character("b"), .down])
        + scenes("group-ip", [.character("2"), .character("b"), .down, .down, .enter])
        + scenes("group-issuer", [.character("2"), .character("b"), .down, .down, .down, .down, .enter])
        + at(Scene(name: "certs-last", columns: 40, rows: 10, keys: [.character("3"), .end]), [(40, 10)])
        + scenes("group-parties", [.character("2"), .character("b"), .down, .enter, .enter])

    static let all: [Scene] = listed + workScenes + groupScenes

    private static let listed: [Scene] =
        scenes("live")
        + scenes("live-selected", [.down, .down, .down, .down])
        + scenes("live-hostile", [.down, .down, .down, .down, .down, .down, .down])
        + scenes("event", [.down, .enter])
        + scenes("event-hostile", [.down, .down, .down, .down, .down, .down, .down, .enter])
        + scenes("why", [.down, .character("w")])
        + scenes("certificate", [.down, .enter, .enter])
        + scenes("rejections", [.character("2")])
        + scenes("rejections-who", [.character("2"), .tab])
        + scenes("rejections-parties", [.character("2"), .enter])
        + scenes("rejections-events", [.character("2"), .enter, .enter])
        + scenes("certs", [.character("3")])
        + scenes("expiring", [.character("4")])
        + scenes("sources", [.character("5")])
        + scenes("changes", [.character("6")])
        + scenes("order", [.character("2"), .character("s"), .down])
        + scenes("columns", [.character("3"), .character("c"), .down, .enter, .up, .character(">"), .character(">")])
        + scenes("changes-address", [.character("6"), .down, .down, .down, .down])
        + scenes("help", [.character("?")])
        + scenes("filter-prompt", [.character("/")] + typed("outcome:rej"))
        + scenes("filter-error", [.character("/")] + typed("expires:<30x"))
        + scenes("range", [.character("t")])
        + scenes("range-shifted", [.character("2"), .character(","), .character(",")])
        + at(news, sizes)
        + at(newsInChanges, sizes)
        + at(guide, sizes)
        + scenes("options", [.function(2), .down])
        + scenes("goto", [.character(":")] + typed("goto 13:0"))
        + scenes("keep", [.down, .character("=")])
        + scenes("copy", [.character("3"), .character("y")])
        + scenes("command", [.character(":")] + typed("view"))
        + scenes("found", [.character("3"), .character("\\")] + typed("svc") + [.enter])
        + scenes("marked", [.down, .character("m"), .character("m"), .down, .character("m")])
        + scenes("note", [.down, .character("a"), .enter] + typed("owner: batch team"))
        + scenes("compare", [.down, .character("m"), .character("m"), .character("D")])
        + scenes("sql", [.character(";")] + typed("SELECT * FROM cert") + [.enter])
        + scenes("export", [.character("e"), .down])
        + scenes("paused", [.character(" "), .down])
        + at(firstRun, sizes)
        + at(collectorDown, sizes + [(40, 10)])
        + at(Scene(name: "live", columns: 80, rows: 24), [(200, 60), (60, 15), (40, 10), (20, 5), (1, 1)])
        + at(Scene(name: "live", columns: 80, rows: 24, isASCII: true), sizes)
        + at(Scene(name: "rejections", columns: 60, rows: 15, keys: [.character("2")]), [(60, 15), (40, 10)])
        + at(Scene(name: "certificate", columns: 40, rows: 10, keys: [.down, .enter, .enter]), [(40, 10)])

    private static func typed(_ text: String) -> [Key] { text.unicodeScalars.map { .character($0) } }

    /// Every view at every class of size, in both sets of characters.
    static let viewsAtFiveSizes: [Scene] = {
        let views: [(String, [Key])] = [
            ("live", []), ("rejections", [.character("2")]), ("certs", [.character("3")]),
            ("expiring", [.character("4")]), ("sources", [.character("5")]), ("changes", [.character("6")]),
        ]
        return views.flatMap { name, keys in
            [(80, 24), (120, 36), (40, 10), (20, 5), (200, 60)].flatMap { columns, rows in
                [false, true].map { isASCII in
                    Scene(name: name, columns: columns, rows: rows, isASCII: isASCII, keys: keys)
                }
            }
        }
    }()

    /// Those of them that do not stand above.
    static let matrix: [Scene] = {
        let known = Set(all.map(\.file))
        return viewsAtFiveSizes.filter { !known.contains($0.file) }
    }()

    @Test(
        "Without colours a screen is as recorded, and says with words and emphasis what colours say",
        arguments: viewsAtFiveSizes
    )
    func monoScreenIsAsRecorded(_ scene: Scene) {
        GoldenScreens.expect(GoldenScreens.mono(scene.driver().screen), is: scene.file + "-mono")
        #expect(Role.allCases.allSatisfy { !ThemeName.mono.look(of: $0).hasColour })
    }

    @Test("A screen is as recorded", arguments: all + matrix)
    func screenIsAsRecorded(_ scene: Scene) {
        GoldenScreens.expect(scene.driver().screen, is: scene.file)
    }

    @Test("Every golden name is used once")
    func goldenNamesAreUnique() {
        #expect(Set(Self.all.map(\.file)).count == Self.all.count)
    }

    @Test("Every golden file belongs to a scene")
    func goldenFilesAreUsed() throws {
        let mono = Self.viewsAtFiveSizes.map { $0.file + "-mono.screen" }
        let names = Set((Self.all + Self.matrix).map { $0.file + ".screen" } + mono)
        #expect(try GoldenScreens.files().subtracting(names) == [])
    }

    @Test("On an ASCII terminal every cell of every view is ASCII", arguments: matrix.filter(\.isASCII))
    func asciiIsASCII(_ scene: Scene) {
        #expect(scene.driver().screen.cells.allSatisfy { $0.glyph.isASCII && $0.combining.isEmpty })
    }
}
