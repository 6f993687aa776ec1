import Glibc
import Testing

@testable import mtlstop

@Suite("Private folder")
struct PrivateFolderTests {
    @Test("The private folder and its files are gone at the end")
    func tidy() throws {
        let folder = try PrivateFolder()
        #expect(FileFacts(path: folder.path)?.mode == 0o700)
        let descriptor = open(folder.path + "/x", O_CREAT | O_WRONLY, 0o600)
        close(descriptor)
        folder.remove()
        #expect(FileFacts(path: folder.path) == nil)
    }
}
