import AuditStore
import Testing

@Suite("Fragment pool")
struct FragmentPoolTests {
    @Test("gives back the bytes that were kept")
    func keeps() {
        var pool = FragmentPool(room: 100)
        pool.keep([1, 2, 3], 7)
        pool.keep([UInt8](), 8)
        #expect(pool[7].map(Array.init) == [1, 2, 3])
        #expect(pool[8].map(Array.init) == [])
        #expect(pool[9] == nil)
    }

    @Test("a full pool keeps its first half and forgets the rest")
    func forgets() {
        var pool = FragmentPool(room: 100)
        for id in 0..<10 { pool.keep(Array(repeating: UInt8(id), count: 10), Int64(id)) }
        pool.keep([99], 10)
        for id in 0..<5 { #expect(pool[Int64(id)].map(Array.init) == Array(repeating: UInt8(id), count: 10)) }
        for id in 5..<10 { #expect(pool[Int64(id)] == nil) }
        #expect(pool[10].map(Array.init) == [99])
    }

    @Test("never gives back the bytes of another part, however often it starts anew")
    func random() {
        let seed = UInt64.random(in: 0 ... .max)
        var state = seed
        func next(_ limit: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % limit
        }
        var pool = FragmentPool(room: 4096)
        var hits = 0
        for _ in 0..<20_000 {
            let id = Int64(next(next(2) == 0 ? 20 : 400_000))
            let expected = (0..<(id % 90)).map { UInt8(truncatingIfNeeded: id &* 31 &+ $0) }
            if let known = pool[id] {
                hits += 1
                #expect(Array(known) == expected, "seed \(seed)")
            } else {
                pool.keep(expected, id)
            }
        }
        #expect(hits > 5000, "seed \(seed)")
    }

    @Test("a part larger than a quarter of the room is not kept")
    func large() {
        var pool = FragmentPool(room: 100)
        pool.keep(Array(repeating: 1, count: 26), 1)
        #expect(pool[1] == nil)
    }
}
