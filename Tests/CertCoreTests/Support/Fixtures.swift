import CertCore
import Glibc

/// Files under `fixtures/`, found from where this source file stands.
enum Fixtures {
    static let root: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(4).joined(separator: "/") + "/fixtures"
    }()

    /// The certificates that Node has described, by name.
    static let described: [String] = names(in: "certificates", ending: ".json")

    /// All certificates of the corpus, by name.
    static let certificates: [String] = names(in: "certificates", ending: ".der")

    /// Those that Node refuses.
    static let refused: [String] = certificates.filter { !described.contains($0) }

    static func names(in folder: String, ending: String) -> [String] {
        guard let directory = opendir("\(root)/\(folder)") else { return [] }
        defer { closedir(directory) }
        var result: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(ending) { result.append(String(name.dropLast(ending.count))) }
        }
        return result.sorted()
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        guard let file = fopen("\(root)/\(path)", "rb") else { throw MissingFixture(path: path) }
        defer { fclose(file) }
        var result: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return result }
            result += chunk[..<count]
        }
    }

    static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    static func certificate(_ name: String) throws -> ClientCertificate {
        try ClientCertificate(der: bytes("certificates/\(name).der"))
    }

    static func chain(_ name: String) throws -> ClientCertificate {
        try ClientCertificate(pem: text("chains/\(name).pem"))
    }
}

struct MissingFixture: Error {
    let path: String
}
