import Foundation
import Terminal
import Testing

/// Compares screens with files that people read: `Golden/NAME.screen`, rewritten only with `MTLSTOP_RECORD=1`.
enum GoldenScreen {
    static func compare(_ screen: Screen, with name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
        let file = folder.appendingPathComponent(name + ".screen")
        let dump = screen.dump()
        if ProcessInfo.processInfo.environment["MTLSTOP_RECORD"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try dump.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(dump == expected, "\(name) differs from its golden file:\n\(dump)", sourceLocation: sourceLocation)
    }
}
