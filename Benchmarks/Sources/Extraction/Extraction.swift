import CertCore
import Glibc

/// Extraction from headers beside Node's own parser, on the same values in the same run.
///
/// Three figures for each encoding, in one thread: distinct certificates with every field of Node's object computed and
/// written as JSON (Node computes the same fields and writes nothing), distinct certificates as a server needs them
/// (fields nobody asks for are left), and the same certificates again and again. All are processor time.
@main
struct Extraction {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first else {
            print("usage: Extraction FOLDER-OF-VALUES [RESULTS-OF-NODE]")
            exit(64)
        }
        let node = try arguments.dropFirst().first.map(NodeResults.init(path:))
        var table = ResultTable(columns: ["header", "Node", "all fields", "extraction", "repeated"])
        for encoding in [HeaderEncoding.urlPEM, .base64DER, .xfcc, .rfc9440] {
            let values = try HeaderValues(path: "\(folder)/\(encoding.rawValue).txt", encoding: encoding)
            let figures = try [values.distinct(.allFields), values.distinct(.extraction), values.repeated(times: 50)]
            let own = node?[encoding.rawValue]
            table.add(
                [encoding.rawValue, own.map { "\(rounded($0)) us" } ?? "-"]
                    + figures.map { figure in
                        let ratio = own.map { " (\(rounded($0 / figure)) x)" } ?? ""
                        return "\(rounded(figure)) us\(ratio)"
                    }
            )
        }
        print(table.text)
        print("\nrefused, 64 KiB of:")
        print(try Floods.table().text)
    }
}

/// A number with two digits after the point.
func rounded(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}

/// Why the figures would mean nothing.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String
}
