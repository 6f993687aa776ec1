extension JSONWriter {
    /// Writes a key and a string, or null for nil.
    public mutating func member(_ key: StaticString, _ value: String?) {
        self.key(key)
        self.value(value)
    }

    /// Writes a key and an integer, or null for nil.
    public mutating func member(_ key: StaticString, _ value: Int?) {
        self.key(key)
        self.value(value)
    }

    /// Writes a key and an integer, or null for nil.
    public mutating func member(_ key: StaticString, _ value: Int64?) {
        self.key(key)
        self.value(value)
    }

    /// Writes a key and an unsigned integer.
    public mutating func member(_ key: StaticString, _ value: UInt64) {
        self.key(key)
        self.value(value)
    }

    /// Writes a key and a number.
    public mutating func member(_ key: StaticString, _ value: Double) {
        self.key(key)
        self.value(value)
    }

    /// Writes a key and a truth value, or null for nil.
    public mutating func member(_ key: StaticString, _ value: Bool?) {
        self.key(key)
        self.value(value)
    }

    /// Writes a key and an array of strings.
    public mutating func member(_ key: StaticString, _ values: [String]) {
        self.key(key)
        self.value(values)
    }

    /// Writes a key and null.
    public mutating func nullMember(_ key: StaticString) {
        self.key(key)
        null()
    }
}
