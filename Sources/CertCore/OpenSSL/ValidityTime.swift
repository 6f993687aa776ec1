import COpenSSL
import Glibc

/// One end of a certificate's validity, as a moment and as Node prints it.
struct ValidityTime {
    /// The moment; nil when the bytes are no time.
    let timestamp: Timestamp?

    /// `Apr  1 00:00:00 2020 GMT`, or `Bad time value`.
    let text: String

    init(_ time: UnsafePointer<ASN1_TIME>?) {
        var fields = tm()
        if ASN1_TIME_to_tm(time, &fields) == 1 {
            timestamp = Timestamp(
                year: Int(fields.tm_year) + 1900,
                month: Int(fields.tm_mon) + 1,
                day: Int(fields.tm_mday),
                hour: Int(fields.tm_hour),
                minute: Int(fields.tm_min),
                second: Int(fields.tm_sec)
            )
        } else {
            ERR_clear_error()
            timestamp = nil
        }
        let buffer = MemoryBuffer()
        _ = buffer.withUnsafeBIO { ASN1_TIME_print($0, time) }
        text = buffer.string
    }
}
