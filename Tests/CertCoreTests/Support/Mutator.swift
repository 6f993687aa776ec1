import Glibc
import TestSupport

/// Changes texts at random, in ways that parsers tend to get wrong.
struct Mutator {
    private var random: SeededGenerator
    private let words: [[UInt8]]

    init(seed: UInt64, words: [String]) {
        random = SeededGenerator(seed: seed)
        self.words = words.map { Array($0.utf8) }
    }

    /// How many rounds to run: `MTLSTOP_FUZZ_ITERATIONS` (scripts/fuzz), or what a test can afford.
    static func rounds(_ usual: Int) -> Int {
        getenv("MTLSTOP_FUZZ_ITERATIONS").flatMap { Int(String(cString: $0)) } ?? usual
    }

    mutating func index(below count: Int) -> Int { count == 0 ? 0 : Int.random(in: 0..<count, using: &random) }

    mutating func pick<Element>(_ list: [Element]) -> Element { list[index(below: list.count)] }

    /// One to four changes, rarely none.
    mutating func mutated(_ text: [UInt8], with others: [[UInt8]]) -> [UInt8] {
        var result = text
        for _ in 0..<index(below: 5) { change(&result, others) }
        return result.count > 80_000 ? Array(result.prefix(80_000)) : result
    }

    private mutating func change(_ text: inout [UInt8], _ others: [[UInt8]]) {
        let place = index(below: text.count + 1)
        let end = min(text.count, place + 1 + index(below: index(below: 2) == 0 ? 4 : 400))
        switch index(below: 8) {
        case 0 where place < text.count: text[place] ^= 1 << UInt8(index(below: 8))
        case 1 where place < text.count: text[place] = UInt8(index(below: 256))
        case 2: text.removeSubrange(place..<end)
        case 3: text.insert(contentsOf: text[place..<end], at: index(below: text.count + 1))
        case 4: text.insert(contentsOf: pick(words), at: place)
        case 5: text.replaceSubrange(place..<min(text.count, place + 1), with: pick(words))
        case 6:
            let other = pick(others)
            text.insert(contentsOf: other[index(below: other.count)...], at: place)
        default: text = Array(text.prefix(place)) + pick(others)
        }
    }
}
