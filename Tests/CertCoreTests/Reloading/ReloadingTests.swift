import CertCore
import Glibc
import Synchronization
import Testing

@Suite("Values that follow their files")
struct ReloadingTests {
    private struct Unfit: Error {}

    /// The text of a file; "unfit" is refused.
    private func text(_ path: String) throws -> Reloading<String> {
        try Reloading { files in
            let text = String(decoding: try files.read(path, limit: 1000), as: UTF8.self)
            if text == "unfit" { throw Unfit() }
            return text
        }
    }

    /// Looks until something has changed, for a while.
    private func change<Value>(_ value: Reloading<Value>) -> Reloading<Value>.Change {
        for _ in 0..<500 {
            switch value.refresh() {
            case .unchanged: usleep(10_000)
            case let change: return change
            }
        }
        return .unchanged
    }

    @Test("A replaced file replaces the value, an untouched one does not")
    func replaces() throws {
        let folder = try TestFolder()
        let value = try text(try folder.write("one", to: "file"))
        guard case .unchanged = value.refresh() else { return #expect(Bool(false), "nothing has changed") }
        try folder.replace("file", with: "two")
        guard case .replaced = value.refresh() else { return #expect(Bool(false), "the file was replaced") }
        #expect(value.current == "two" && value.paths == [folder["file"]])
        guard case .unchanged = value.refresh() else { return #expect(Bool(false), "nothing has changed since") }
    }

    @Test("A change of the same length right after the reading is found", .timeLimit(.minutes(1)))
    func findsQuickChanges() throws {
        let folder = try TestFolder()
        for round in 0..<20 {
            let value = try text(try folder.write("a", to: "file"))
            try folder.write("b", to: "file")
            guard case .replaced = change(value) else { return #expect(Bool(false), "round \(round)") }
            #expect(value.current == "b")
        }
    }

    @Test("What cannot be used is told once, and the former value stays until it can")
    func keeps() throws {
        let folder = try TestFolder()
        let value = try text(try folder.write("one", to: "file"))
        try folder.replace("file", with: "unfit")
        guard case .kept(let error) = value.refresh() else { return #expect(Bool(false), "unfit is refused") }
        #expect(error is Unfit && value.current == "one")
        guard case .unchanged = change(value) else { return #expect(Bool(false), "told once") }
        unlink(folder["file"])
        guard case .kept(let missing) = value.refresh() else { return #expect(Bool(false), "the file is gone") }
        #expect((missing as? FileProblem)?.kind == .missing && value.current == "one")
        try folder.write("back", to: "file")
        guard case .replaced = value.refresh() else { return #expect(Bool(false), "the file is back") }
        #expect(value.current == "back")
    }

    @Test("A touched file with the same content changes nothing")
    func ignoresTouches() throws {
        let folder = try TestFolder()
        let value = try text(try folder.write("one", to: "file"))
        try folder.replace("file", with: "one")
        guard case .unchanged = value.refresh() else { return #expect(Bool(false), "the content is the same") }
        #expect(value.current == "one")
    }

    @Test("Not before the time has passed is a file looked at again")
    func waits() throws {
        let folder = try TestFolder()
        let value = try text(try folder.write("one", to: "file"))
        try folder.replace("file", with: "two")
        guard case .unchanged = value.refresh(afterMilliseconds: 3_600_000) else {
            return #expect(Bool(false), "an hour has not passed")
        }
        guard case .replaced = value.refresh(afterMilliseconds: 0) else {
            return #expect(Bool(false), "no time has to pass")
        }
    }

    @Test("While one thread loads, the others go on with the former value", .timeLimit(.minutes(1)))
    func loadsOnce() async throws {
        let folder = try TestFolder()
        let path = try folder.write("one", to: "file")
        let loads = Mutex(0)
        let value = try Reloading { files in
            loads.withLock { $0 += 1 }
            return String(decoding: try files.read(path, limit: 1000), as: UTF8.self)
        }
        try folder.replace("file", with: "two")
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<200 {
                        _ = value.refresh()
                        #expect(["one", "two"].contains(value.current))
                    }
                }
            }
        }
        #expect(value.current == "two")
        // One more is allowed: a file that was young when it was read is read again when its times are settled.
        #expect(loads.withLock { $0 } <= 3)
    }

    @Test("Only an ordinary file of a bearable size is read")
    func refusesOthers() throws {
        let folder = try TestFolder()
        func problem(_ path: String, limit: Int = 10) -> FileProblem.Kind? {
            var files = SourceFiles()
            do throws(FileProblem) {
                _ = try files.read(path, limit: limit)
                return nil
            } catch {
                #expect(error.description.hasPrefix(path + ": ") && files.paths == [path])
                return error.kind
            }
        }
        #expect(problem(try folder.write("1234567890", to: "fits")) == nil)
        #expect(problem(try folder.write("1234567890a", to: "large")) == .tooLarge)
        #expect(problem(folder["missing"]) == .missing)
        #expect(problem(folder.path) == .unreadable)
        #expect(problem("/dev/zero") == .unreadable)
        try #require(mkfifo(folder["pipe"], 0o600) == 0)
        #expect(problem(folder["pipe"]) == .unreadable)
    }

    @Test("A server's policy follows its files while requests come")
    func policyFollows() async throws {
        let folder = try TestFolder()
        let ca = try folder.write(Fixtures.text("chains/stranger-root.pem"), to: "ca.pem")
        let now = Timestamp(rfc3339: "2026-09-01T00:00:00Z") ?? Timestamp(milliseconds: 0)
        let policy = try Reloading { files in
            try AuthorizationPolicy(.allowCA(.init(anchors: [ca])), reading: &files) { now }
        }
        let changes = Mutex<[String]>([])
        let callback = policy.callback(lookingEvery: 0) { change in
            var isReplaced = false
            if case .replaced = change { isReplaced = true }
            changes.withLock { $0.append(isReplaced ? "replaced" : "kept") }
        }
        let leaf = try Fixtures.chain("good")
        #expect(try await !callback(leaf, ClientCertificateRequest()))
        try folder.replace("ca.pem", with: Fixtures.text("chains/root.pem"))
        #expect(try await callback(leaf, ClientCertificateRequest()))
        try folder.replace("ca.pem", with: Fixtures.text("chains/good.pem"))
        #expect(try await callback(leaf, ClientCertificateRequest()))
        #expect(changes.withLock { $0 } == ["replaced", "kept"])
    }
}
