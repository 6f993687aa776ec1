import CertCore
import Foundation
import Testing

/// Certificates of `fixtures/expiry` as members of an event.
enum ExpiryFixture {
    /// The member `cert` with the whole chain of a file.
    static func member(_ name: String) throws -> String {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appendingPathComponent("fixtures/expiry/\(name).pem")
        let text = try String(contentsOf: file, encoding: .utf8)
        return #""cert":{"pem":"\#(text.replacing("\n", with: "\\n"))"}"#
    }
}
