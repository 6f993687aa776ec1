import GRDB

extension AddressNetwork {
    /// The network in CIDR form; what the SQL function takes.
    var text: String {
        if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") + "/\(prefix)" }
        let groups = stride(from: 0, to: 16, by: 2).map { index in
            String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "/\(prefix)"
    }

    /// The SQL function `mtlstop_in_network(address, network)`.
    static let function = DatabaseFunction("mtlstop_in_network", argumentCount: 2, pure: true) { values in
        guard let address = String.fromDatabaseValue(values[0]), let text = String.fromDatabaseValue(values[1]),
            let network = AddressNetwork(text)
        else { return false }
        return network.contains(address)
    }
}
