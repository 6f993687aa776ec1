/// How long to wait before the next attempt: doubling from 50 ms to 5 s, a quarter of it by chance.
///
/// The chance keeps many reporters from coming back in the same instant when a collector starts again.
struct Backoff {
    private static let shortest = 50
    private static let longest = 5000

    private var next = Self.shortest

    mutating func reset() {
        next = Self.shortest
    }

    mutating func milliseconds(using generator: inout some RandomNumberGenerator) -> Int {
        let wait = next - next / 4 + Int.random(in: 0...next / 4, using: &generator)
        next = min(next * 2, Self.longest)
        return wait
    }
}
