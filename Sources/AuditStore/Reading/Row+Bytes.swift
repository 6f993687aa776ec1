import GRDB

extension Row {
    /// The blob of a column; nil when it is NULL.
    func bytes(_ index: Int) -> [UInt8]? {
        guard case .blob(let data) = (self[index] as DatabaseValue).storage else { return nil }
        return Array(data)
    }
}
