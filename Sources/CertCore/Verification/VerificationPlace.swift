/// A verification code and where in the chain it was found, as libcrypto's own programs write them.
public struct VerificationPlace: Hashable, Sendable {
    /// What was found.
    public let code: VerificationCode
    /// Where: 0 for the client's certificate, 1 for its issuer, and so on.
    public let depth: Int

    /// Reads `error 10 at 1 depth lookup: …` (`openssl verify`) and `verify error:num=10:…:depth=1:…`; nil for any
    /// other text, for a code that nobody knows, and for a depth above 100.
    public init?(text: String) {
        guard text.utf8.count <= 256 else { return nil }
        let number = Self.number(after: "error ", in: text) ?? Self.number(after: "num=", in: text)
        let place = Self.number(after: " at ", in: text) ?? Self.number(after: "depth=", in: text)
        guard let number, let place, text.contains("depth"), (0...100).contains(place) else { return nil }
        code = VerificationCode(rawValue: number)
        depth = Int(place)
        guard code != .ok, VerificationCode.all.contains(code) else { return nil }
    }

    /// The first number that stands right after a word.
    private static func number(after word: String, in text: String) -> Int32? {
        let letters = Array(text.utf8)
        let wanted = Array(word.utf8)
        guard letters.count > wanted.count else { return nil }
        for start in 0..<letters.count - wanted.count where letters[start..<start + wanted.count].elementsEqual(wanted)
        {
            let digits = letters[(start + wanted.count)...].prefix { (0x30...0x39).contains($0) }
            if let number = Int32(String(decoding: digits, as: UTF8.self)) { return number }
        }
        return nil
    }
}
