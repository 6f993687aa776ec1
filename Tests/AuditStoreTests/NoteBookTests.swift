import CertCore
import Glibc
import Testing

@testable import AuditStore

@Suite("Notes are kept in a file of their own")
struct NoteBookTests {
    private func withBook(_ body: (NoteBook) throws -> Void) throws {
        let folder = "/tmp/mtlstop-notes-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        try #require(mkdir(folder, 0o700) == 0)
        defer {
            for name in ["/state/notes.db", "/state/notes.db-journal", "/state", ""] { remove(folder + name) }
        }
        try body(NoteBook(path: folder + "/state/notes.db"))
    }

    private let now = Timestamp(milliseconds: 1_795_442_537_917)

    @Test("A note comes back as it was written, is replaced by the next, and goes when it is emptied")
    func writeAndRead() throws {
        try withBook { book in
            #expect(try book.notes().isEmpty)
            #expect(access(book.path, F_OK) != 0)
            let subjects: [NoteSubject] = [
                .certificate("ab"), .address("10.0.0.1"), .reason("x\u{1B}[2J"), .event(12, database: "/a"),
                .event(12, database: "/b"),
            ]
            for (index, subject) in subjects.enumerated() {
                try book.write("note \(index) \u{202E}'", on: subject, now: now.advanced(byMilliseconds: Int64(index)))
            }
            let notes = try book.notes()
            #expect(notes.map(\.subject) == subjects.reversed())
            #expect(notes.last?.text == "note 0 \u{202E}'" && notes.last?.changed == now)
            try book.write("other", on: subjects[0], now: now)
            try book.write("", on: subjects[1], now: now)
            #expect(try book.notes().count == 4)
            #expect(try book.notes().first { $0.subject == subjects[0] }?.text == "other")
            var information = stat()
            #expect(stat(book.path, &information) == 0 && information.st_mode & 0o777 == 0o600)
        }
    }

    @Test("A file of something else, a newer release's and a note that is too long are refused")
    func refusals() throws {
        try withBook { book in
            #expect(throws: StoreError.self) {
                try book.write(String(repeating: "x", count: 5000), on: .address("a"), now: now)
            }
            try book.write("x", on: .address("a"), now: now)
            let file = open(book.path, O_RDWR)
            // The schema's version stands at byte 60 of an SQLite file, its last byte at 63.
            var version: UInt8 = 9
            #expect(pwrite(file, &version, 1, 63) == 1)
            let newer = #expect(throws: StoreError.self) { try book.notes() }
            #expect(newer?.code == .newerSchema)
            var text = Array("this is no database, whatever its name may be".utf8)
            #expect(pwrite(file, &text, text.count, 0) == text.count)
            close(file)
            let other = #expect(throws: StoreError.self) { try book.notes() }
            #expect(other?.code == .notADatabase)
        }
    }

    @Test("A selection is a name in the filter language, and without one the name is an error")
    func selections() throws {
        let marked = try AuditFilter(parsing: "id=7", now: now)
        let selections = FilterSelections(states: ["marked": marked], belongings: ["note": .any([])])
        let filter = try AuditFilter(parsing: "outcome:rej and not is:marked", now: now, selections: selections)
        #expect(filter.root == (try AuditFilter(parsing: "outcome:rej and not id=7", now: now)).root)
        #expect(try AuditFilter(parsing: "has:note", now: now, selections: selections).root == AuditFilter.any([]).root)
        #expect(throws: FilterError.self) { try AuditFilter(parsing: "is:marked", now: now) }
        #expect(throws: FilterError.self) { try AuditFilter(parsing: "has:note", now: now) }
    }
}
