import AuditEvents
import SafeText

/// The orders and columns of lists in the session file: `{"certs":{"order":"expiry","reversed":true,"hidden":["REJ"],…}}`.
extension SavedSession {
    func writeLists(_ writer: inout JSONWriter) {
        writer.key("lists")
        writer.beginObject()
        for list in ListName.allCases where orders[list] != nil || columns[list] != nil {
            writer.key(list.rawValue)
            writer.beginObject()
            if let order = orders[list] {
                writer.member("order", order.key.rawValue)
                writer.member("reversed", order.isReversed)
            }
            if let choice = columns[list] {
                writer.member("hidden", choice.hidden.sorted())
                writer.member("columns", choice.order)
            }
            writer.endObject()
        }
        writer.endObject()
    }

    /// Takes what can be read; a list that is not understood stands as it usually does.
    mutating func readLists(_ value: JSONValue?) {
        for list in ListName.allCases {
            guard let entry = value?[list.rawValue] else { continue }
            if let key = entry["order"]?.stringValue.flatMap(SortKey.init(rawValue:)), list.sortKeys.contains(key) {
                orders[list] = ListOrder(key: key, isReversed: entry["reversed"] == .bool(true))
            }
            guard let hidden = Self.titles(entry["hidden"]), let order = Self.titles(entry["columns"]) else { continue }
            columns[list] = ColumnChoice(hidden: Set(hidden), order: order)
        }
    }

    private static func titles(_ value: JSONValue?) -> [String]? {
        guard case .array(let values)? = value, values.count <= ColumnChoice.most else { return nil }
        let titles = values.compactMap(\.stringValue).filter { (1...20).contains($0.utf8.count) }
        return titles.count == values.count ? titles : nil
    }
}
