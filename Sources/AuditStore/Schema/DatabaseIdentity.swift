/// The numbers in the header of the file by which an audit database is known.
package enum DatabaseIdentity {
    /// The `application_id`: "mtls" in ASCII.
    package static let applicationID: Int64 = 0x6d74_6c73
    /// The `user_version` this release reads and writes.
    package static let schemaVersion: Int64 = 4
    /// The number of bits of an event id below its segment number: 65,536 ids a segment.
    package static let segmentBits: Int64 = 16
}
