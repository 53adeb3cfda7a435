#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// How many files, sockets included, this process may hold open (`ulimit -n`).
enum OpenFileLimit {
    /// As many as nobody here needs; a higher limit costs memory in programs that keep a table of that size.
    private static let enough: UInt = 65_536

    /// Raises the soft limit towards the hard one.
    ///
    /// - Returns: The limit that holds now.
    static func raise() -> Int {
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return 256 }
        let before = limit.rlim_cur
        #if canImport(Darwin)
            let ceiling = min(limit.rlim_max, rlim_t(OPEN_MAX))
        #else
            let ceiling = min(limit.rlim_max, rlim_t(enough))
        #endif
        if ceiling > before {
            limit.rlim_cur = ceiling
            if setrlimit(resource, &limit) != 0 { limit.rlim_cur = before }
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// How many connections may be open under a limit, so that files and the rest of the process find room.
    static func connections(wanted: Int, limit: Int) -> Int {
        max(1, min(wanted, limit - max(32, min(512, limit / 4))))
    }
}
