public import SafeText

/// Options or a policy that must not be used as they are.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence, beginning with `client-certificate-auth: `; names in it are made safe to show.
    public let message: String

    /// Makes an error from a sentence without its beginning.
    public init(_ sentence: SafeText) {
        message = "client-certificate-auth: " + sentence.string
    }

    /// The sentence.
    public var description: String { message }

    static func unknown(_ option: StaticString, _ value: String, valid: [String]) -> ConfigurationError {
        let list = SafeText(valid.joined(separator: ", "))
        return ConfigurationError(
            SafeText("unknown ") + SafeText(stringLiteral: option) + " '"
                + SafeText(value).cut(to: 64) + "'; valid values: " + list
        )
    }
}
