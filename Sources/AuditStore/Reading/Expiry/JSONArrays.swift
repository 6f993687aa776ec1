import SafeText

extension Sequence<Int64> {
    /// The numbers as a JSON array, which a statement takes as one argument.
    var jsonArray: String { "[" + map(String.init).joined(separator: ",") + "]" }
}

extension Set<String> {
    /// The texts as a JSON array, which a statement takes as one argument.
    var jsonArray: String {
        var writer = JSONWriter()
        writer.beginArray()
        for text in self { writer.value(text) }
        writer.endArray()
        return writer.string
    }
}
