import COpenSSL

/// Writes ASN.1 object identifiers.
enum ObjectIdentifier {
    /// The dotted numbers, cut to what fits a C buffer of the capacity (Node's own limits are kept).
    static func text(_ object: OpaquePointer?, capacity: Int = 256) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            start.pointee = 0
            guard OBJ_obj2txt(start, Int32(capacity), object, 1) >= 0 else { return "" }
            return String(cString: start)
        }
    }

    /// libcrypto's long name, or the dotted numbers of an unknown one.
    static func name(_ object: OpaquePointer?) -> String {
        let number = OBJ_obj2nid(object)
        guard number != NID_undef, let name = OBJ_nid2ln(number) else { return text(object) }
        return String(cString: name)
    }
}
