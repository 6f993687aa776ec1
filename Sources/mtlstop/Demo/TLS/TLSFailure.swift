import COpenSSL

/// Why a step of the demonstration's TLS or certificate work did not succeed.
struct TLSFailure: Error, CustomStringConvertible {
    /// The step, in plain words.
    let step: String
    /// OpenSSL's or the system's own explanation.
    let cause: String

    /// The step failed in libcrypto or libssl: takes the oldest message of this thread's error queue and empties it.
    static func openSSL(_ step: String) -> TLSFailure {
        let code = ERR_peek_error()
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(code, &text, text.count)
        ERR_clear_error()
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return TLSFailure(step: step, cause: code == 0 ? "no reason given" : String(decoding: bytes, as: UTF8.self))
    }

    var description: String { "\(step): \(cause)" }
}

/// The result of an OpenSSL function that answers 1 for success.
func check(_ result: Int32, _ step: String) throws {
    if result != 1 { throw TLSFailure.openSSL(step) }
}

/// The object an OpenSSL function made, which is nil when it failed.
func made<T>(_ object: T?, _ step: String) throws -> T {
    guard let object else { throw TLSFailure.openSSL(step) }
    return object
}
