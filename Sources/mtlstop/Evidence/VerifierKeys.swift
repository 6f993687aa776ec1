import AuditStore
import CertCore
import Glibc

/// Reads the keys that people demand signatures of.
enum VerifierKeys {
    /// A key as text, or in a file.
    static func read(_ argument: String) throws -> Ed25519PublicKey {
        if let key = CheckpointNote.identity(parsing: argument) { return key }
        if let text = text(of: argument), let key = CheckpointNote.identity(parsing: text) { return key }
        throw Failure(
            .badInputData,
            what: "--key",
            why: "\(argument) is no Ed25519 public key and no file that holds one",
            remedy: "give what verify prints after \"signed by\""
        )
    }

    private static func text(of path: String) -> String? {
        guard let file = fopen(path, "rbe") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 16 << 10)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
