import Glibc
import Testing

/// Compares a text with its golden file; `MTLSTOP_RECORD=1` writes the file instead.
///
/// - Parameter folder: the folder below `fixtures`.
func expectGolden(_ text: String, _ name: String, in folder: String = "commands", file: String = #filePath) throws {
    let root = file.split(separator: "/").dropLast(4).joined(separator: "/")
    let path = "/\(root)/fixtures/\(folder)/\(name)"
    if getenv("MTLSTOP_RECORD").map({ String(cString: $0) }) == "1" {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        try #require(descriptor >= 0, "\(path)")
        let bytes = Array(text.utf8)
        #expect(write(descriptor, bytes, bytes.count) == bytes.count)
        close(descriptor)
        return
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    try #require(descriptor >= 0, "\(path) is missing; MTLSTOP_RECORD=1 writes it")
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = read(descriptor, &bytes, bytes.count)
    #expect(text == String(decoding: bytes.prefix(max(0, count)), as: UTF8.self), "\(name)")
}
