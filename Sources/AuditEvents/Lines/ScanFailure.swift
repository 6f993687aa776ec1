/// The scanner's own error: trivial to move, turned into a ``LineError`` once at the border.
struct ScanFailure: Error {
    enum Kind: UInt8 {
        case badJSON
        case dupKey
        case tooDeep
        case tooManyKeys
        case lineTooLong
        case nulByte
        case missingField
        case unknownEvent
        case wrongType
        case badTime
        case badSeq
        case badHello
        case unknownVersion
    }

    let kind: Kind
    /// Byte offset in the scanned bytes, from 0.
    let offset: Int
    let message: StaticString

    init(_ kind: Kind, at offset: Int, _ message: StaticString) {
        self.kind = kind
        self.offset = offset
        self.message = message
    }
}

extension ScanFailure.Kind {
    var code: LineError.Code {
        switch self {
        case .badJSON: .badJSON
        case .dupKey: .dupKey
        case .tooDeep: .tooDeep
        case .tooManyKeys: .tooManyKeys
        case .lineTooLong: .lineTooLong
        case .nulByte: .nulByte
        case .missingField: .missingField
        case .unknownEvent: .unknownEvent
        case .wrongType: .wrongType
        case .badTime: .badTime
        case .badSeq: .badSeq
        case .badHello: .badHello
        case .unknownVersion: .unknownVersion
        }
    }
}
