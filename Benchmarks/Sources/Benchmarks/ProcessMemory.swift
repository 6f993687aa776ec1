import Glibc

/// What the kernel says about the memory of a process.
enum ProcessMemory {
    /// The most resident memory it has had, in bytes; 0 once it has ended.
    static func peak(of pid: pid_t) -> Int {
        guard let file = fopen("/proc/\(pid)/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let words = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\t" || $0 == "\n" }
            if words.first == "VmHWM:", words.count > 1 { return (Int(words[1]) ?? 0) << 10 }
        }
        return 0
    }
}
