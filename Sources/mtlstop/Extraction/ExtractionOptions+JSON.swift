import AuditEvents
import CertCore
import SafeText

extension ExtractionOptions {
    /// Reads the options of a request line, with the names of the Node library; unknown names are ignored there too.
    ///
    /// - Parameter json: An object; nil for the defaults.
    /// - Throws: ``ConfigurationError`` for a wrong type, an unknown name of a source or encoding, or a contradiction.
    init(json: JSONValue?) throws(ConfigurationError) {
        guard let json else {
            self = .socket
            return
        }
        guard json.members != nil else { throw ConfigurationError("options must be an object") }
        let reader = OptionReader(options: json)
        try self.init(
            certificateSource: reader.source(),
            certificateHeader: reader.text("certificateHeader"),
            headerEncoding: reader.encoding(),
            chainHeader: reader.text("chainHeader"),
            fallbackToSocket: reader.flag("fallbackToSocket") ?? false,
            includeChain: reader.flag("includeChain") ?? false,
            verifyHeader: reader.text("verifyHeader"),
            verifyValue: reader.text("verifyValue"),
            trustedProxies: reader.proxies(),
            preferSocket: reader.flag("preferSocket") ?? false,
            xfccElement: reader.element(),
            checkValidity: reader.flag("checkValidity"),
            clockSkewSeconds: reader.number("clockSkewSeconds") ?? 60,
            requireProxyVerdict: reader.flag("requireProxyVerdict") ?? false,
            maximumHeaderSize: reader.number("maximumHeaderSize") ?? 65_536
        )
    }
}

/// Takes single options out of an object; a value of the wrong type is an error that names the option.
private struct OptionReader {
    let options: JSONValue

    func text(_ name: String) throws(ConfigurationError) -> String? {
        guard let value = options[name] else { return nil }
        guard let text = value.stringValue else { throw wrong(name, "a string") }
        return text
    }

    /// `"false"` must not switch anything on.
    func flag(_ name: String) throws(ConfigurationError) -> Bool? {
        guard let value = options[name] else { return nil }
        guard let flag = value.boolValue else { throw wrong(name, "true or false") }
        return flag
    }

    func number(_ name: String) throws(ConfigurationError) -> Int? {
        guard let value = options[name] else { return nil }
        guard let number = value.integerValue else { throw wrong(name, "a whole number") }
        return Int(number)
    }

    func source() throws(ConfigurationError) -> CertificateSource? {
        guard let name = try text("certificateSource") else { return nil }
        return try CertificateSource(named: name)
    }

    func encoding() throws(ConfigurationError) -> HeaderEncoding? {
        guard let name = try text("headerEncoding") else { return nil }
        return try HeaderEncoding(named: name)
    }

    func proxies() throws(ConfigurationError) -> [AddressRange]? {
        guard let value = options["trustedProxies"] else { return nil }
        guard let elements = value.elements else {
            throw wrong("trustedProxies", "a list of addresses and CIDR ranges")
        }
        var ranges: [AddressRange] = []
        for element in elements {
            guard let range = element.stringValue.flatMap(AddressRange.init(parsing:)) else {
                throw wrong("trustedProxies", "a list of addresses and CIDR ranges")
            }
            ranges.append(range)
        }
        return ranges
    }

    func element() throws(ConfigurationError) -> XFCCElementChoice {
        switch options["xfccElement"] {
        case nil, .string("first"): return .first
        case .string("last"): return .last
        case let value?:
            guard let number = value.integerValue else { throw wrong("xfccElement", "first, last or a number from 1") }
            return .fromRight(Int(clamping: number))
        }
    }

    private func wrong(_ name: String, _ expected: String) -> ConfigurationError {
        ConfigurationError(SafeText(name + " must be " + expected))
    }
}
