/// The bytes of one certificate inside a scanned line, valid until the next scan.
package struct CertificateView {
    /// How the bytes are to be read.
    package enum Form: UInt8, Sendable {
        case base64
        case der
        case pem
    }

    package let form: Form
    package let bytes: UnsafeRawBufferPointer

    /// Puts the certificate's DER into `buffer`, replacing what is there.
    ///
    /// Of PEM text the first certificate is taken. Returns false when the text cannot be decoded; whether the DER is
    /// a certificate is for the caller to find out.
    package func decode(into buffer: inout [UInt8]) -> Bool {
        buffer.removeAll(keepingCapacity: true)
        switch form {
        case .der:
            buffer.append(contentsOf: bytes)
            return !bytes.isEmpty
        case .base64:
            return Base64.decode(bytes, into: &buffer) && !buffer.isEmpty
        case .pem:
            return PEMText.decodeFirst(bytes, into: &buffer)
        }
    }
}
