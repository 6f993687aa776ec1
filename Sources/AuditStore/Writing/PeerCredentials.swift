/// Who is at the other end of a connection, as the kernel says.
package struct PeerCredentials: Hashable, Sendable {
    /// The process id at the time of connecting.
    package let pid: Int32
    /// The effective user id.
    package let uid: UInt32
    /// The effective group id.
    package let gid: UInt32

    /// Makes credentials from what the kernel said.
    package init(pid: Int32, uid: UInt32, gid: UInt32) {
        self.pid = pid
        self.uid = uid
        self.gid = gid
    }
}
