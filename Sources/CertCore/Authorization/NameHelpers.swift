/// Lets in certificates with one of these common names, compared to the letter; none never lets anybody in.
public func allowCN(_ names: [String]) -> AuthorizationCallback { allowAttribute("CN", names) }

/// Lets in certificates with one of these organizational units, compared to the letter.
public func allowOU(_ units: [String]) -> AuthorizationCallback { allowAttribute("OU", units) }

/// Lets in certificates with one of these organizations, compared to the letter.
public func allowOrganization(_ organizations: [String]) -> AuthorizationCallback { allowAttribute("O", organizations) }

/// Lets in certificates whose issuer has all of these attributes, as in `["O": "Example"]`; none never matches.
///
/// An attribute that stands several times in the name matches by any of its values. Names can be copied by anybody: the
/// TLS layer or the proxy must have verified the chain.
public func allowIssuer(_ match: [String: String]) -> AuthorizationCallback {
    { certificate, _ in holds(certificate.issuer, match) }
}

/// Lets in certificates whose subject has all of these attributes; none never matches.
public func allowSubject(_ match: [String: String]) -> AuthorizationCallback {
    { certificate, _ in holds(certificate.subject, match) }
}

private func allowAttribute(_ name: String, _ values: [String]) -> AuthorizationCallback {
    { certificate, _ in
        let held = certificate.subject[name]
        return values.contains { value in held.contains { ASCII.same($0, value) } }
    }
}

private func holds(_ name: DistinguishedName, _ match: [String: String]) -> Bool {
    guard !match.isEmpty else { return false }
    return match.allSatisfy { type, value in name[type].contains { ASCII.same($0, value) } }
}
