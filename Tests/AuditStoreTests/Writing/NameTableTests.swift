import Testing

@testable import AuditStore

@Suite("Names to integers")
struct NameTableTests {
    @Test("A table finds every key it was given and no other")
    func table() {
        var table = NameTable()
        for number in 0..<5_000 { add("key \(number)", Int64(number), to: &table) }
        for number in 0..<5_000 { #expect(find("key \(number)", in: table) == Int64(number)) }
        #expect(find("key 5000", in: table) == nil)
        #expect(find("", in: table) == nil)
        add("", 77, to: &table)
        #expect(find("", in: table) == 77)
    }

    @Test("Keys that collide on purpose cost a bounded search and never a wrong answer")
    func collisions() {
        var table = NameTable(maximumProbes: 16)
        var kept = 0
        for number in 0..<100 {
            let added = Array("key \(number)".utf8).withUnsafeBytes {
                table.insert(kind: 1, $0, hash: 42, value: Int64(number))
            }
            kept += added == nil ? 0 : 1
        }
        #expect(kept == 16)
        for number in 0..<100 {
            let index = Array("key \(number)".utf8).withUnsafeBytes { table.index(kind: 1, $0, hash: 42) }
            #expect(index.map { table[$0] } == (number < 16 ? Int64(number) : nil))
        }
    }

    @Test("A cache keeps what is used and forgets the rest")
    func aging() {
        var cache = NameCache(limits: NameCache.Limits(count: 10, bytes: 1 << 20))
        for round in 0..<20 {
            for number in 0..<10 { insert("round \(round) \(number)", into: &cache) }
            let isAged = cache.age()
            let knowsThis = contains("round \(round) 3", &cache)
            if round == 0 { insert("always", into: &cache) }
            let knowsAlways = contains("always", &cache)
            let knowsOld = round >= 2 && contains("round \(round - 2) 3", &cache)
            #expect(isAged && knowsThis && knowsAlways && !knowsOld)
        }
    }

    @Test("A generation cache says when it no longer knows everything")
    func generations() {
        var cache = GenerationCache<Int, Int>(limit: 4)
        for number in 0..<4 { cache.insert(number, number) }
        cache.age()
        let early = cache.value(2)
        #expect(cache.isComplete && early == 2)
        for number in 4..<8 { cache.insert(number, number) }
        cache.age()
        let late = [2, 3, 7].map { cache.value($0) }
        #expect(!cache.isComplete)
        #expect(late == [2, nil, 7])
    }

    private func add(_ key: String, _ value: Int64, to table: inout NameTable) {
        Array(key.utf8).withUnsafeBytes {
            _ = table.insert(kind: 1, $0, hash: NameTable.hash(kind: 1, $0), value: value)
        }
    }

    private func find(_ key: String, in table: NameTable) -> Int64? {
        Array(key.utf8).withUnsafeBytes {
            table.index(kind: 1, $0, hash: NameTable.hash(kind: 1, $0)).map { table[$0] }
        }
    }

    private func insert(_ key: String, into cache: inout NameCache) {
        Array(key.utf8).withUnsafeBytes { _ = cache.insert(kind: 1, $0, hash: NameTable.hash(kind: 1, $0), value: 1) }
    }

    private func contains(_ key: String, _ cache: inout NameCache) -> Bool {
        Array(key.utf8).withUnsafeBytes { cache.index(kind: 1, $0, hash: NameTable.hash(kind: 1, $0)) != nil }
    }
}
