import AuditEvents
import AuditStore
import CertCore
import SafeText

/// The session as JSON.
extension SavedSession {
    private static let version: Int64 = 1
    private static let longest: Int64 = 1000 * 365 * 86_400_000

    /// The bytes of the file.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("session", Self.version)
        writer.member("database", database)
        writer.member("view", view.rawValue)
        writer.member("filter", filter)
        Self.write(liveRange, "live", &writer)
        Self.write(rejectionRange, "rejections", &writer)
        Self.write(certificateRange, "certs", &writer)
        writer.member("expiring", expiringWithin)
        writer.member("changes", changesWithin)
        writer.member("group", grouping.rawValue)
        writeLists(&writer)
        writer.key("options")
        writer.beginObject()
        for option in OptionName.allCases {
            writer.key(option.rawValue)
            writer.value(options[option])
        }
        writer.endObject()
        writer.member("looked", looked?.rfc3339)
        writer.endObject()
        return writer.bytes + [0x0A]
    }

    /// Reads the file's bytes; nil for what this program did not write.
    ///
    /// The filter must be one at this time.
    init?(json: [UInt8], now: Timestamp) {
        guard let value = try? JSONValue(parsing: json, depth: 4), value["session"]?.integerValue == Self.version,
            let database = value["database"]?.stringValue,
            let view = value["view"]?.stringValue.flatMap(ViewName.init(rawValue:)),
            let filter = value["filter"]?.stringValue, Self.isFilter(filter, now),
            let live = Self.range(value["live"]), let rejections = Self.range(value["rejections"]),
            let certs = Self.range(value["certs"])
        else { return nil }
        self.init(database: database, view: view, filter: filter)
        liveRange = live
        rejectionRange = rejections
        certificateRange = certs
        expiringWithin = value["expiring"]?.integerValue ?? expiringWithin
        changesWithin = value["changes"]?.integerValue ?? changesWithin
        grouping = value["group"]?.stringValue.flatMap(RejectionGrouping.init(rawValue:)) ?? grouping
        readLists(value["lists"])
        for option in OptionName.allCases {
            if let chosen = value["options"]?[option.rawValue]?.stringValue, option.values.contains(chosen) {
                options[option] = chosen
            }
        }
        looked = value["looked"]?.stringValue.flatMap { Timestamp(rfc3339: $0) }
    }

    private static func isFilter(_ text: String, _ now: Timestamp) -> Bool {
        do throws(FilterError) {
            _ = try FilterState.parse(text, now: now)
            return true
        } catch {
            return false
        }
    }

    private static func write(_ range: TimeRange, _ key: StaticString, _ writer: inout JSONWriter) {
        writer.key(key)
        writer.beginObject()
        switch range {
        case .all: break
        case .last(let length): writer.member("last", length)
        case .since(let start): writer.member("since", start.rfc3339)
        case .between(let start, let end):
            writer.member("since", start.rfc3339)
            writer.member("until", end.rfc3339)
        }
        writer.endObject()
    }

    private static func range(_ value: JSONValue?) -> TimeRange? {
        guard let value, case .object(let members) = value else { return nil }
        if members.isEmpty { return .all }
        if let length = value["last"]?.integerValue { return (1...longest).contains(length) ? .last(length) : nil }
        guard let start = value["since"]?.stringValue.flatMap({ Timestamp(rfc3339: $0) }) else { return nil }
        guard let until = value["until"] else { return .since(start) }
        guard let end = until.stringValue.flatMap({ Timestamp(rfc3339: $0) }), start < end else { return nil }
        return .between(start, end)
    }
}
