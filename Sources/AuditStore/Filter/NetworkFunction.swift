import GRDB

extension AddressNetwork {
    /// The SQL function `mtlstop_in_network(address, network)`.
    static let function = DatabaseFunction("mtlstop_in_network", argumentCount: 2, pure: true) { values in
        guard let address = String.fromDatabaseValue(values[0]), let text = String.fromDatabaseValue(values[1]),
            let network = AddressNetwork(text)
        else { return false }
        return network.contains(address)
    }
}
