/// What a line may hold; the numbers of the contract unless a test asks for others.
package struct LineLimits: Sendable {
    /// Bytes of a line without its newline.
    package var line = 262_143
    /// Nesting of objects and arrays; the line's own object is 1.
    package var depth = 16
    /// Keys of one object.
    package var keys = 64
    /// Bytes of a string; longer ones are cut on a scalar's border and marked.
    package var string = 8192
    /// Bytes of a certificate's DER.
    package var certificate = 65536
    /// Issuer certificates that may come along; further ones are ignored and marked.
    package var issuers = 10

    /// The limits the contract names.
    package static let contract = LineLimits()

    /// Limits to be changed one by one.
    package init() {}
}
