public import CertCore

/// A line of the intake that could not be understood: what is left of it, why, and from whom it came.
public struct BadLine: Hashable, Sendable, Identifiable {
    /// Its row.
    public let id: Int64
    /// When it arrived.
    public let time: Timestamp
    /// The connection it came on.
    public let session: Int64?
    /// The number of the line on its connection, from 1.
    public let line: Int64?
    /// The producer's number for it, if that could be read.
    public let sequence: Int64?
    /// Why it was refused: the code the sender was answered.
    public let code: String
    /// The column of the mistake in bytes from 1, where one was found.
    public let column: Int64?
    /// The length of the whole line in bytes.
    public let length: Int64
    /// Its first bytes, at most 256, as they came: nothing to show raw.
    public let head: [UInt8]
}
