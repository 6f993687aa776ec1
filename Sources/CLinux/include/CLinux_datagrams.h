#ifndef CLinux_datagrams_h
#define CLinux_datagrams_h

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Slots for datagrams that are received many at a time.
typedef struct CLinux_datagrams CLinux_datagrams;

/// One received datagram; `bytes` stay valid until the next CLinux_datagrams_receive.
typedef struct {
    const uint8_t *bytes;
    /// How many bytes were kept.
    size_t count;
    /// How many bytes the sender wrote; more than `count` when the slot was too small.
    size_t length;
    /// Who sent it, as the kernel says (SCM_CREDENTIALS); meaningful only with `has_credentials`.
    pid_t pid;
    uid_t uid;
    gid_t gid;
    bool has_credentials;
} CLinux_datagram;

/// Makes `slots` slots of `size` bytes each, mapped and not touched before use. Returns NULL with errno set.
CLinux_datagrams *CLinux_datagrams_make(unsigned slots, size_t size);

/// Frees what CLinux_datagrams_make made.
void CLinux_datagrams_free(CLinux_datagrams *datagrams);

/// Takes what waits on a socket, at most as many datagrams as there are slots, without waiting (recvmmsg).
/// Returns how many, 0 when none waits, or -1 with errno set.
int CLinux_datagrams_receive(CLinux_datagrams *datagrams, int socket);

/// The datagram in a slot below the number that the last CLinux_datagrams_receive returned.
CLinux_datagram CLinux_datagrams_get(const CLinux_datagrams *datagrams, unsigned slot);

/// Asks the kernel to tell with every datagram who sent it (SO_PASSCRED). Returns 0, or -1 with errno set.
int CLinux_pass_credentials(int socket);

/// Lets the calling thread run before all ordinary ones (SCHED_RR, priority 1), and gives it this niceness for when it
/// may not or no longer does. Without the right to either nothing changes. Returns whether it runs before them.
bool CLinux_raise_thread(int niceness);

/// Makes the calling thread an ordinary one again; its niceness stays.
void CLinux_calm_thread(void);

#endif
