/// Lets in what every one of these lets in; none never lets anybody in.
///
/// All are asked at the same time, also when one has said no; the first error in their order is thrown on.
public func allOf(_ callbacks: AuthorizationCallback...) -> AuthorizationCallback { allOf(callbacks) }

/// Lets in what every one of these lets in; none never lets anybody in.
public func allOf(_ callbacks: [AuthorizationCallback]) -> AuthorizationCallback {
    { certificate, request in
        let answers = try await answers(of: callbacks, certificate, request)
        return !answers.isEmpty && answers.allSatisfy { $0 }
    }
}

/// Lets in what at least one of these lets in; none never lets anybody in.
///
/// All are asked at the same time; the first error in their order is thrown on, also when another has said yes.
public func anyOf(_ callbacks: AuthorizationCallback...) -> AuthorizationCallback { anyOf(callbacks) }

/// Lets in what at least one of these lets in; none never lets anybody in.
public func anyOf(_ callbacks: [AuthorizationCallback]) -> AuthorizationCallback {
    { certificate, request in try await answers(of: callbacks, certificate, request).contains(true) }
}

private func answers(
    of callbacks: [AuthorizationCallback],
    _ certificate: ClientCertificate,
    _ request: ClientCertificateRequest
) async throws -> [Bool] {
    let results = await withTaskGroup(of: (Int, Result<Bool, any Error>).self) { group in
        for (index, callback) in callbacks.enumerated() {
            group.addTask {
                do {
                    return (index, .success(try await callback(certificate, request)))
                } catch {
                    return (index, .failure(error))
                }
            }
        }
        var results: [(Int, Result<Bool, any Error>)] = []
        for await result in group { results.append(result) }
        return results.sorted { $0.0 < $1.0 }
    }
    return try results.map { try $0.1.get() }
}
