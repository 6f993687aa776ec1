/// Gives a line another `seq`.
package enum SequencedLine {
    /// Appends the event's line, without its newline, to `output` with `sequence` in the place of its own `seq`.
    ///
    /// - Parameters:
    ///   - line: The very bytes that were scanned.
    ///   - event: What the scan returned.
    ///   - sequence: The number the line shall have.
    ///   - output: Where the line goes.
    package static func append(
        _ line: UnsafeRawBufferPointer,
        of event: borrowing ScannedEvent,
        sequence: UInt64,
        to output: inout [UInt8]
    ) {
        var end = line.count
        while end > 0, line[end - 1] == 0x0a || line[end - 1] == 0x0d { end -= 1 }
        if let range = event.sequenceRange {
            output.append(contentsOf: line[..<range.lowerBound])
            output.append(contentsOf: String(sequence).utf8)
            output.append(contentsOf: line[range.upperBound..<end])
        } else {
            let inside = event.objectOffset + 1
            output.append(contentsOf: line[..<inside])
            // The object has an "event" at least, so a comma is always right.
            output.append(contentsOf: "\"seq\":\(sequence),".utf8)
            output.append(contentsOf: line[inside..<end])
        }
    }
}
