import Glibc

/// The paths of followed files, settled: absolute, so that a file is known again whatever the working directory.
enum FollowedPaths {
    /// Makes paths absolute and leaves out those named twice.
    ///
    /// - Throws: ``Failure`` when one is a directory, or has no name.
    static func settle(_ paths: [String]) throws -> [String] {
        var settled: [String] = []
        for path in paths {
            var status = stat()
            let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            guard !path.isEmpty, !path.utf8.contains(0), !isFolder else {
                throw Failure(.inputNotFound, what: path, why: "that is no file to follow", remedy: "name the log file")
            }
            let absolute = path.hasPrefix("/") ? path : workingDirectory() + "/" + path
            if !settled.contains(absolute) { settled.append(absolute) }
        }
        return settled
    }

    private static func workingDirectory() -> String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }
}
