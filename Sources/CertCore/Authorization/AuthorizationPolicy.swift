public import SafeText

/// A policy that is ready to decide: its rules, with the files they name read.
public struct AuthorizationPolicy: Sendable {
    /// The rules.
    public let rule: AuthorizationRule
    /// Asks the rules.
    public let callback: AuthorizationCallback
    /// What looks like a mistake although it is allowed: entries that can never match, and SHA-1 pins.
    public let warnings: [SafeText]

    /// Checks rules and reads the files they name.
    ///
    /// - Parameters:
    ///   - rule: The rules.
    ///   - folder: What relative paths of `allowCA` are relative to; empty for the working directory.
    ///   - files: Reads the files.
    ///   - clock: What time it is for `allowCA`.
    public init(
        _ rule: AuthorizationRule,
        relativeTo folder: String = "",
        reading files: inout SourceFiles,
        clock: @escaping @Sendable () -> Timestamp = { .now() }
    ) throws(PolicyProblem) {
        self.rule = rule
        warnings = try rule.check(at: "")
        var builder = CallbackBuilder(folder: folder, files: files, clock: clock)
        do throws(PolicyProblem) {
            callback = try builder.callback(rule, at: "")
            files = builder.files
        } catch {
            // Also after a failure the caller must know which files to look at again.
            files = builder.files
            throw error
        }
    }
}

/// Turns rules into callbacks.
private struct CallbackBuilder {
    let folder: String
    var files: SourceFiles
    let clock: @Sendable () -> Timestamp

    mutating func callback(_ rule: AuthorizationRule, at place: String) throws(PolicyProblem) -> AuthorizationCallback {
        let place = place.isEmpty ? rule.name : "\(place).\(rule.name)"
        switch rule {
        case .allowCN(let values): return allowCN(values)
        case .allowOU(let values): return allowOU(values)
        case .allowOrganization(let values): return allowOrganization(values)
        case .allowFingerprints(let values): return allowFingerprints(values)
        case .allowIssuer(let match): return allowIssuer(match)
        case .allowSubject(let match): return allowSubject(match)
        case .allowSerial(let values): return allowSerial(values)
        case .allowSAN(let values): return allowSAN(values)
        case .allowEmail(let values): return allowEmail(values)
        case .allowSPIFFE(let values): return allowSPIFFE(values)
        case .allowCA(let named):
            let authorities = try authorities(named, at: place)
            return allowCA({ authorities }, clock: clock)
        case .allOf(let rules): return allOf(try callbacks(rules, at: place))
        case .anyOf(let rules): return anyOf(try callbacks(rules, at: place))
        }
    }

    private mutating func callbacks(
        _ rules: [AuthorizationRule],
        at place: String
    ) throws(PolicyProblem) -> [AuthorizationCallback] {
        var result: [AuthorizationCallback] = []
        for (index, rule) in rules.enumerated() { result.append(try callback(rule, at: "\(place)[\(index)]")) }
        return result
    }

    private mutating func authorities(
        _ named: AuthorizationRule.Authorities,
        at place: String
    ) throws(PolicyProblem) -> TrustedAuthorities {
        do {
            return try TrustedAuthorities(
                anchorFiles: named.anchors.map(path),
                revocationFiles: named.revocationLists.map(path),
                maximumDepth: named.maximumDepth,
                reading: &files
            )
        } catch let problem as FileProblem {
            throw PolicyProblem(problem, place: place)
        } catch {
            // The place names the helper already.
            let text = String(describing: error).replacing("client-certificate-auth: ", with: "", maxReplacements: 1)
            throw PolicyProblem(
                .invalid,
                place: place,
                SafeText(text.replacing("allowCA: ", with: "", maxReplacements: 1))
            )
        }
    }

    private func path(_ name: String) -> String {
        name.hasPrefix("/") || folder.isEmpty ? name : "\(folder)/\(name)"
    }
}
