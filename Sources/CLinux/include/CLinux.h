#ifndef CLinux_h
#define CLinux_h

#include <stdint.h>
#include <sys/types.h>

#include "CLinux_datagrams.h"
#include "CLinux_memory.h"
#include "CLinux_terminal.h"

/// Who is at the other end of a connected Unix socket, as the kernel recorded it at connect time (SO_PEERCRED).
typedef struct {
    pid_t pid;
    uid_t uid;
    gid_t gid;
} CLinux_peer_credentials;

/// Reads SO_PEERCRED of a connected Unix stream socket. Returns 0, or -1 with errno set.
int CLinux_get_peer_credentials(int socket, CLinux_peer_credentials *credentials);

#endif
