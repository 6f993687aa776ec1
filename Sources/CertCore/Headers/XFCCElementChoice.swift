/// Which element of an `x-forwarded-client-cert` header speaks of the client.
public enum XFCCElementChoice: Hashable, Sendable {
    /// The earliest hop: the client itself when the edge replaces what clients send.
    case first
    /// The nearest proxy's own words about its direct peer.
    case last
    /// Counted from the right, 1 being the last.
    case fromRight(Int)
}
