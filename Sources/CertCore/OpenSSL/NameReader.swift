import COpenSSL

/// Takes an `X509_NAME` apart.
enum NameReader {
    /// The name as a value; without attributes when one of them is no string, as in Node.
    static func read(_ name: OpaquePointer?) -> DistinguishedName {
        guard let name else { return .empty }
        let attributes = attributes(of: name)
        let holdsControls = attributes?.contains { $0.value.utf8.contains { $0 < 0x20 || $0 == 0x7f } } ?? true
        return DistinguishedName(
            attributes: attributes ?? [],
            rfc2253: print(name, flags: COpenSSL_RFC2253_UTF8),
            controlsKept: holdsControls ? print(name, flags: COpenSSL_RFC2253_UTF8_RAW) : nil,
            isReadable: attributes != nil
        )
    }

    private static func attributes(of name: OpaquePointer) -> [DistinguishedName.Attribute]? {
        var attributes: [DistinguishedName.Attribute] = []
        let count = X509_NAME_entry_count(name)
        attributes.reserveCapacity(Int(max(count, 0)))
        for index in 0..<max(count, 0) {
            guard let entry = X509_NAME_get_entry(name, index), let value = text(X509_NAME_ENTRY_get_data(entry))
            else { return nil }
            attributes.append(.init(name: type(X509_NAME_ENTRY_get_object(entry)), value: value))
        }
        return attributes
    }

    /// libcrypto's short name of an attribute type, or its dotted OID.
    private static func type(_ object: OpaquePointer?) -> String {
        let number = OBJ_obj2nid(object)
        if number != NID_undef, let name = OBJ_nid2sn(number) { return String(cString: name) }
        return ObjectIdentifier.text(object, capacity: 80)
    }

    /// Any of the ASN.1 string types as UTF-8.
    private static func text(_ value: UnsafePointer<ASN1_STRING>?) -> String? {
        var utf8: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&utf8, value)
        guard count >= 0 else {
            ERR_clear_error()
            return nil
        }
        defer { COpenSSL_free(utf8) }
        return String(decoding: UnsafeBufferPointer(start: utf8, count: Int(count)), as: UTF8.self)
    }

    private static func print(_ name: OpaquePointer, flags: UInt) -> String {
        let buffer = MemoryBuffer()
        _ = buffer.withUnsafeBIO { X509_NAME_print_ex($0, name, 0, flags) }
        return buffer.string
    }
}
