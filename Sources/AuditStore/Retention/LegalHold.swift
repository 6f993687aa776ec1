import AuditEvents
package import CertCore
package import SafeText

/// A time whose events are kept whatever retention says, until the hold is lifted.
package struct LegalHold: Hashable, Sendable {
    /// The number by which it is lifted.
    package var id: Int64
    /// The first moment; events from here on are held.
    package var since: Timestamp
    /// The moment behind the last; nil holds everything from `since` on.
    package var until: Timestamp?
    /// Who asked for it and why.
    package var reason: String
    /// When it was made.
    package var added: Timestamp

    /// Makes a hold.
    package init(id: Int64, since: Timestamp, until: Timestamp?, reason: String, added: Timestamp) {
        self.id = id
        self.since = since
        self.until = until
        self.reason = reason
        self.added = added
    }

    /// Writes the hold as a JSON object.
    package func writeJSON(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", id)
        writer.member("since", since.rfc3339)
        writer.member("until", until?.rfc3339)
        writer.member("reason", reason)
        writer.member("added", added.rfc3339)
        writer.endObject()
    }

    /// Reads a hold; nil when the value is none.
    init?(_ value: JSONValue) {
        guard let id = value["id"]?.integerValue,
            let since = value["since"]?.stringValue.flatMap({ Timestamp(rfc3339: $0) }),
            let reason = value["reason"]?.stringValue,
            let added = value["added"]?.stringValue.flatMap({ Timestamp(rfc3339: $0) })
        else { return nil }
        let until = value["until"]?.stringValue
        let end = until.flatMap { Timestamp(rfc3339: $0) }
        if until != nil, end == nil { return nil }
        self.init(id: id, since: since, until: end, reason: reason, added: added)
    }
}
