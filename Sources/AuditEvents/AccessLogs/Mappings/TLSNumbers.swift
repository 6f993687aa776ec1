/// Names for the numbers of TLS (RFC 8446, IANA's registry), spelled as OpenSSL spells them.
enum TLSNumbers {
    /// The name of a protocol version.
    static func version(_ number: Int) -> String {
        switch number {
        case 0x0301: "TLSv1"
        case 0x0302: "TLSv1.1"
        case 0x0303: "TLSv1.2"
        case 0x0304: "TLSv1.3"
        default: hex(number)
        }
    }

    private static let ciphers: [Int: String] = [
        0x1301: "TLS_AES_128_GCM_SHA256",
        0x1302: "TLS_AES_256_GCM_SHA384",
        0x1303: "TLS_CHACHA20_POLY1305_SHA256",
        0xc009: "ECDHE-ECDSA-AES128-SHA",
        0xc00a: "ECDHE-ECDSA-AES256-SHA",
        0xc013: "ECDHE-RSA-AES128-SHA",
        0xc014: "ECDHE-RSA-AES256-SHA",
        0xc023: "ECDHE-ECDSA-AES128-SHA256",
        0xc027: "ECDHE-RSA-AES128-SHA256",
        0xc02b: "ECDHE-ECDSA-AES128-GCM-SHA256",
        0xc02c: "ECDHE-ECDSA-AES256-GCM-SHA384",
        0xc02f: "ECDHE-RSA-AES128-GCM-SHA256",
        0xc030: "ECDHE-RSA-AES256-GCM-SHA384",
        0xcca8: "ECDHE-RSA-CHACHA20-POLY1305",
        0xcca9: "ECDHE-ECDSA-CHACHA20-POLY1305",
    ]

    /// The name of a cipher suite.
    static func cipher(_ number: Int) -> String {
        ciphers[number] ?? hex(number)
    }

    private static func hex(_ number: Int) -> String {
        "0x" + String(number, radix: 16)
    }
}
