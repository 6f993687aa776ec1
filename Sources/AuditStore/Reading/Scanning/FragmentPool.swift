/// Parts of records that many events share, as the bytes they were written as, in one piece of memory.
///
/// When it is full the first half stays, for what comes first tends to come often, and the other half starts anew.
package struct FragmentPool {
    private struct Place {
        var start: UInt32
        var length: UInt32
        var round: UInt32
    }

    private static let mostPlaces = 1 << 17

    private let room: Int
    private var bytes: [UInt8] = []
    private var places = DenseTable<Place>(most: mostPlaces)
    private var round: UInt32 = 0

    /// A pool of so many bytes, at most 1 GiB; memory is used as far as it is filled.
    package init(room: Int) {
        self.room = min(room, 1 << 30)
        bytes.reserveCapacity(self.room)
    }

    /// The bytes of a part; nil when they were not kept.
    ///
    /// Use them up before the next ``keep(_:_:)``, or that copies the whole pool.
    package subscript(id: Int64) -> ArraySlice<UInt8>? {
        guard let place = places[id] else { return nil }
        let end = Int(place.start) + Int(place.length)
        guard end <= room / 2 || place.round == round else { return nil }
        return bytes[Int(place.start)..<end]
    }

    /// Keeps a part, unless it is larger than a quarter of the room.
    package mutating func keep(_ part: some Collection<UInt8>, _ id: Int64) {
        guard part.count <= room / 4 else { return }
        if bytes.count + part.count > room { startAnew() }
        places[id] = Place(start: UInt32(bytes.count), length: UInt32(part.count), round: round)
        bytes.append(contentsOf: part)
    }

    private mutating func startAnew() {
        // A part across the middle is forgotten with the second half.
        bytes.removeLast(bytes.count - room / 2)
        round &+= 1
    }
}
