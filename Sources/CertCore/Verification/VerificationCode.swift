/// A verification result of libcrypto: one of the `X509_V_ERR_…` numbers.
public struct VerificationCode: RawRepresentable, Hashable, Sendable {
    /// The number, as in `X509_V_ERR_CERT_HAS_EXPIRED` = 10; 0 means verified.
    public let rawValue: Int32

    /// Takes any number, also one that this libcrypto does not know.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Verified without a complaint.
    public static let ok = VerificationCode(rawValue: 0)
    /// The issuer of an intermediate is missing; Node also reports it when the client sent nothing.
    public static let unableToGetIssuer = VerificationCode(rawValue: 2)
    /// A signature of the chain does not fit the key of its issuer.
    static let signatureFailure = VerificationCode(rawValue: 7)
    /// Not yet valid.
    public static let notYetValid = VerificationCode(rawValue: 9)
    /// Past its last day.
    public static let hasExpired = VerificationCode(rawValue: 10)
    /// On a revocation list.
    public static let revoked = VerificationCode(rawValue: 23)
    /// A certificate of the chain issued another without being a CA.
    static let invalidAuthority = VerificationCode(rawValue: 79)

    /// The name without `X509_V_ERR_`, as in `CERT_HAS_EXPIRED`; `OK` for 0, `CODE_n` for an unknown number.
    public var name: String {
        if rawValue == 0 { return "OK" }
        return Self.names[rawValue] ?? "CODE_\(rawValue)"
    }

    /// What Node's `authorizationError` says: one of its 28 names, `UNSPECIFIED` for every other code.
    public var nodeName: String {
        if rawValue == 79 { return "INVALID_CA" }
        if Self.nodeNumbers.contains(rawValue) { return name }
        return rawValue == 0 ? "OK" : "UNSPECIFIED"
    }

    /// The text of libcrypto, as in `certificate has expired`.
    public var text: String { VerificationText.text(of: rawValue) }

    /// Finds the code with a name, with or without `X509_V_ERR_`, in any case; also Node's names and `OK`.
    ///
    /// Node's `UNSPECIFIED` becomes code 1 although Node says it for any code it has no name for.
    public init?(name: String) {
        guard name.utf8.count <= 64 else { return nil }
        var wanted = name.uppercased()
        for prefix in ["X509_V_ERR_", "X509_V_"] where wanted.hasPrefix(prefix) {
            wanted.removeFirst(prefix.count)
        }
        if wanted == "OK" {
            self.init(rawValue: 0)
        } else if let number = Self.numbersByName[wanted] {
            self.init(rawValue: number)
        } else {
            return nil
        }
    }

    /// Finds the code with a text of libcrypto, in any case, with an optional `FAILED:` before it (nginx, Apache).
    ///
    /// The spelling `self signed` of OpenSSL 1.1.1 counts as `self-signed`.
    public init?(text: String) {
        guard text.utf8.count <= 256 else { return nil }
        var wanted = text.lowercased()
        if wanted.hasPrefix("failed:") { wanted.removeFirst(7) }
        let trimmed = VerificationText.normalized(wanted)
        guard let number = VerificationText.numbersByText[trimmed] else { return nil }
        self.init(rawValue: number)
    }

    /// Finds the code in a line of nginx's error log, as in `client SSL certificate verify error: (10:certificate has
    /// expired) while …`, and in `10:certificate has expired`: number and text must agree.
    public init?(errorLine line: String) {
        guard line.utf8.count <= 1024 else { return nil }
        let start = line.firstRange(of: "(").map(\.upperBound) ?? line.startIndex
        let parts = line[start...].prefix { $0 != ")" }.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let number = Int32(parts[0]), let code = VerificationCode(text: String(parts[1])),
            code.rawValue == number
        else { return nil }
        self = code
    }

    /// Every code this table names, 0 first.
    public static let all: [VerificationCode] = [.ok] + names.keys.sorted().map(VerificationCode.init(rawValue:))

    private static let numbersByName = Dictionary(uniqueKeysWithValues: names.map { ($1, $0) })

    /// The numbers that Node names; `INVALID_CA`, its 28th name, moved from 24 to 79 with OpenSSL 3.
    private static let nodeNumbers: Set<Int32> = [
        2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 26, 27, 28, 62,
    ]

    private static let names: [Int32: String] = [
        1: "UNSPECIFIED",
        2: "UNABLE_TO_GET_ISSUER_CERT",
        3: "UNABLE_TO_GET_CRL",
        4: "UNABLE_TO_DECRYPT_CERT_SIGNATURE",
        5: "UNABLE_TO_DECRYPT_CRL_SIGNATURE",
        6: "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
        7: "CERT_SIGNATURE_FAILURE",
        8: "CRL_SIGNATURE_FAILURE",
        9: "CERT_NOT_YET_VALID",
        10: "CERT_HAS_EXPIRED",
        11: "CRL_NOT_YET_VALID",
        12: "CRL_HAS_EXPIRED",
        13: "ERROR_IN_CERT_NOT_BEFORE_FIELD",
        14: "ERROR_IN_CERT_NOT_AFTER_FIELD",
        15: "ERROR_IN_CRL_LAST_UPDATE_FIELD",
        16: "ERROR_IN_CRL_NEXT_UPDATE_FIELD",
        17: "OUT_OF_MEM",
        18: "DEPTH_ZERO_SELF_SIGNED_CERT",
        19: "SELF_SIGNED_CERT_IN_CHAIN",
        20: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        21: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        22: "CERT_CHAIN_TOO_LONG",
        23: "CERT_REVOKED",
        24: "NO_ISSUER_PUBLIC_KEY",
        25: "PATH_LENGTH_EXCEEDED",
        26: "INVALID_PURPOSE",
        27: "CERT_UNTRUSTED",
        28: "CERT_REJECTED",
        29: "SUBJECT_ISSUER_MISMATCH",
        30: "AKID_SKID_MISMATCH",
        31: "AKID_ISSUER_SERIAL_MISMATCH",
        32: "KEYUSAGE_NO_CERTSIGN",
        33: "UNABLE_TO_GET_CRL_ISSUER",
        34: "UNHANDLED_CRITICAL_EXTENSION",
        35: "KEYUSAGE_NO_CRL_SIGN",
        36: "UNHANDLED_CRITICAL_CRL_EXTENSION",
        37: "INVALID_NON_CA",
        38: "PROXY_PATH_LENGTH_EXCEEDED",
        39: "KEYUSAGE_NO_DIGITAL_SIGNATURE",
        40: "PROXY_CERTIFICATES_NOT_ALLOWED",
        41: "INVALID_EXTENSION",
        42: "INVALID_POLICY_EXTENSION",
        43: "NO_EXPLICIT_POLICY",
        44: "DIFFERENT_CRL_SCOPE",
        45: "UNSUPPORTED_EXTENSION_FEATURE",
        46: "UNNESTED_RESOURCE",
        47: "PERMITTED_VIOLATION",
        48: "EXCLUDED_VIOLATION",
        49: "SUBTREE_MINMAX",
        50: "APPLICATION_VERIFICATION",
        51: "UNSUPPORTED_CONSTRAINT_TYPE",
        52: "UNSUPPORTED_CONSTRAINT_SYNTAX",
        53: "UNSUPPORTED_NAME_SYNTAX",
        54: "CRL_PATH_VALIDATION_ERROR",
        55: "PATH_LOOP",
        56: "SUITE_B_INVALID_VERSION",
        57: "SUITE_B_INVALID_ALGORITHM",
        58: "SUITE_B_INVALID_CURVE",
        59: "SUITE_B_INVALID_SIGNATURE_ALGORITHM",
        60: "SUITE_B_LOS_NOT_ALLOWED",
        61: "SUITE_B_CANNOT_SIGN_P_384_WITH_P_256",
        62: "HOSTNAME_MISMATCH",
        63: "EMAIL_MISMATCH",
        64: "IP_ADDRESS_MISMATCH",
        65: "DANE_NO_MATCH",
        66: "EE_KEY_TOO_SMALL",
        67: "CA_KEY_TOO_SMALL",
        68: "CA_MD_TOO_WEAK",
        69: "INVALID_CALL",
        70: "STORE_LOOKUP",
        71: "NO_VALID_SCTS",
        72: "PROXY_SUBJECT_NAME_VIOLATION",
        73: "OCSP_VERIFY_NEEDED",
        74: "OCSP_VERIFY_FAILED",
        75: "OCSP_CERT_UNKNOWN",
        76: "UNSUPPORTED_SIGNATURE_ALGORITHM",
        77: "SIGNATURE_ALGORITHM_MISMATCH",
        78: "SIGNATURE_ALGORITHM_INCONSISTENCY",
        79: "INVALID_CA",
        80: "PATHLEN_INVALID_FOR_NON_CA",
        81: "PATHLEN_WITHOUT_KU_KEY_CERT_SIGN",
        82: "KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA",
        83: "ISSUER_NAME_EMPTY",
        84: "SUBJECT_NAME_EMPTY",
        85: "MISSING_AUTHORITY_KEY_IDENTIFIER",
        86: "MISSING_SUBJECT_KEY_IDENTIFIER",
        87: "EMPTY_SUBJECT_ALT_NAME",
        88: "EMPTY_SUBJECT_SAN_NOT_CRITICAL",
        89: "CA_BCONS_NOT_CRITICAL",
        90: "AUTHORITY_KEY_IDENTIFIER_CRITICAL",
        91: "SUBJECT_KEY_IDENTIFIER_CRITICAL",
        92: "CA_CERT_MISSING_KEY_USAGE",
        93: "EXTENSIONS_REQUIRE_VERSION_3",
        94: "EC_KEY_EXPLICIT_PARAMS",
    ]
}
