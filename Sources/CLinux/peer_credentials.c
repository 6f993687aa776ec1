#define _GNU_SOURCE
#include "CLinux.h"

#include <sys/socket.h>

int CLinux_get_peer_credentials(int socket, CLinux_peer_credentials *credentials) {
    struct ucred kernel;
    socklen_t size = sizeof kernel;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &kernel, &size) != 0) return -1;
    credentials->pid = kernel.pid;
    credentials->uid = kernel.uid;
    credentials->gid = kernel.gid;
    return 0;
}
