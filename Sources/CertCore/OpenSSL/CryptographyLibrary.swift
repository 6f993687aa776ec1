import COpenSSL

/// The libcrypto this process runs with.
package enum CryptographyLibrary {
    /// Its name, version and date, as `openssl version` prints them.
    package static var version: String {
        LibraryContext.prepareLibrary
        return OpenSSL_version(OPENSSL_VERSION).map { String(cString: $0) } ?? "OpenSSL of an unknown version"
    }
}
