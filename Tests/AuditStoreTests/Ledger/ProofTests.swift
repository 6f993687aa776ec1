import AuditEvents
import CertCore
import SafeText
import Testing

@testable import AuditStore

@Suite("Proofs hold without the database, and only for what they show")
struct ProofTests {
    @Test("Every event has a proof that survives its file form")
    func events() throws {
        let database = try LedgerDatabase()
        let reader = try AuditReader(path: database.path)
        let key = try #require(try reader.ledgerHead()?.checkpoint?.claim.identity)
        for id in Int64(1)...12 {
            var writer = JSONWriter(capacity: 4096)
            try reader.eventProof(id).writeJSON(to: &writer)
            let proof = try #require(EventProof(try JSONValue(parsing: writer.bytes)))
            #expect(proof.problem(keys: [key]) == nil)
            #expect(EventRecord(proof.record)?.id == id)
        }
        let rejected = try reader.eventProof(6)
        #expect(EventRecord(rejected.record)?.isRejected == true)
        #expect(EventRecord(rejected.record)?.path == "/path/1")
        #expect(EventRecord.reason(rejected.verdict) == "socket_not_authorized")
        #expect(rejected.certificate == (try TestFile.certificate("rsa-2048")))
    }

    @Test("A proof in which anything is changed does not hold")
    func changed() throws {
        let database = try LedgerDatabase()
        let proof = try AuditReader(path: database.path).eventProof(6)
        let other = try #require(Ed25519PrivateKey.generate()?.publicKey)
        #expect(proof.problem(keys: [other]) != nil)
        var changed: [EventProof] = []
        for place in proof.record.indices {
            var copy = proof
            copy.record[place] ^= 1
            changed.append(copy)
        }
        for place in proof.context.indices.dropFirst() {
            var copy = proof
            copy.context[place] ^= 1
            changed.append(copy)
        }
        var copy = proof
        copy.verdict[2] ^= 1
        changed.append(copy)
        copy = proof
        copy.certificate?[9] ^= 1
        changed.append(copy)
        copy = proof
        copy.segment.body.number += 1
        changed.append(copy)
        copy = proof
        copy.path.removeLast()
        changed.append(copy)
        copy = proof
        copy.checkpoint = try #require(CheckpointNote(proof.checkpoint.text.replacing("events 12", with: "events 13")))
        changed.append(copy)
        for proof in changed { #expect(proof.problem(keys: []) != nil) }
    }

    @Test("Any two checkpoints are shown to be of one log, and a forked log is not")
    func consistency() throws {
        let database = try LedgerDatabase(segments: 5)
        let reader = try AuditReader(path: database.path)
        for old in Int64(1)...5 {
            for new in old...5 {
                var writer = JSONWriter(capacity: 4096)
                try reader.consistencyProof(from: old, to: new).writeJSON(to: &writer)
                let proof = try #require(ConsistencyProof(try JSONValue(parsing: writer.bytes)))
                #expect(proof.problem(keys: []) == nil, "\(old) to \(new)")
            }
        }
        var proof = try reader.consistencyProof(from: 2, to: 5)
        let fork = try LedgerDatabase(segments: 2)
        proof.old = try AuditReader(path: fork.path).consistencyProof(from: 2, to: 2).old
        #expect(proof.problem(keys: []) != nil)
    }

    @Test("A range of events has the segments it lies in, each leading to the newest checkpoint")
    func ranges() throws {
        let database = try LedgerDatabase(segments: 4)
        let reader = try AuditReader(path: database.path)
        let head = try #require(try reader.ledgerHead())
        #expect(head.firstEvent == 1 && head.lastSealedEvent == 16 && head.lastEvent == 16 && head.segments == 4)
        #expect(head.root == head.checkpoint?.claim.root)
        let proofs = try reader.ledgerProofs(for: 4...9)
        #expect(proofs.map(\.body.number) == [0, 1, 2])
        #expect(proofs.allSatisfy { $0.leads(to: head.root, size: 4) })
        #expect(try reader.ledgerProofs(for: 1...16, limit: 2).map(\.body.number) == [0, 3])
        #expect(try reader.ledgerProofs(for: 90...99).isEmpty)
    }

    @Test("An event that no checkpoint covers has no proof")
    func unsealed() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        try harness.append(#"{"event":"authenticated"}"#)
        try harness.commit()
        let reader = try AuditReader(path: place.path)
        #expect(try reader.ledgerHead()?.lastSealedEvent == 0)
        for id in Int64(0)...2 {
            let error = #expect(throws: StoreError.self) { try reader.eventProof(id) }
            #expect(error?.code == .notFound)
        }
    }
}
