/// The application's decision about a certificate.
///
/// Only true lets the request in; a thrown error turns it away with that error's status and message.
public typealias AuthorizationCallback =
    @Sendable (_ certificate: ClientCertificate, _ request: ClientCertificateRequest) async throws -> Bool

/// An error of the application that names the HTTP status and the message to answer with.
public protocol AuthorizationFailure: Error {
    /// The HTTP status; anything but 400 to 599 counts as 401.
    var status: Int { get }
    /// The message; it becomes the reason in hooks and audit records.
    var message: String { get }
}

/// A refusal with a message and a status.
public struct AuthorizationDenied: AuthorizationFailure, Hashable {
    /// The HTTP status.
    public let status: Int
    /// The message.
    public let message: String

    /// Refuses with a message, 401 unless another status is given.
    public init(_ message: String, status: Int = 401) {
        self.message = message
        self.status = status
    }
}
