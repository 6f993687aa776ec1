extension VerificationCode {
    /// The group of the Rejections view that the code belongs to.
    public var rejectionClass: RejectionClass {
        switch rawValue {
        case 2, 20, 21, 29, 30, 31: .unknownIssuer
        case 3, 5, 8, 11, 12, 15, 16, 33, 35, 36, 44, 54, 73, 74, 75: .crl
        case 4, 6, 7, 76, 77, 78: .badSignature
        case 9: .notYetValid
        case 10: .expired
        case 18, 19: .selfSigned
        case 23: .revoked
        case 26, 27, 28, 39: .badPurpose
        case 47, 48, 49, 51, 52, 53, 62, 63, 64, 65, 72: .name
        case 50: .policy
        case 56...61, 66, 67, 68: .weak
        case 13, 14, 22, 24, 25, 32, 34, 37, 38, 40...43, 45, 46, 55, 79...94: .chain
        default: .other
        }
    }
}
