#define _GNU_SOURCE
#include "CLinux_datagrams.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/// Room for one SCM_CREDENTIALS message, aligned as the kernel writes it.
typedef union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(struct ucred))];
} control_t;

struct CLinux_datagrams {
    unsigned slots;
    size_t size;
    uint8_t *memory;
    struct mmsghdr *messages;
    struct iovec *pieces;
    control_t *controls;
};

CLinux_datagrams *CLinux_datagrams_make(unsigned slots, size_t size) {
    CLinux_datagrams *made = calloc(1, sizeof *made);
    if (made == NULL) return NULL;
    made->slots = slots;
    made->size = size;
    made->messages = calloc(slots, sizeof *made->messages);
    made->pieces = calloc(slots, sizeof *made->pieces);
    made->controls = calloc(slots, sizeof *made->controls);
    void *memory = mmap(NULL, slots * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    made->memory = memory == MAP_FAILED ? NULL : memory;
    if (made->messages == NULL || made->pieces == NULL || made->controls == NULL || made->memory == NULL) {
        CLinux_datagrams_free(made);
        errno = ENOMEM;
        return NULL;
    }
    for (unsigned slot = 0; slot < slots; slot++) {
        made->pieces[slot].iov_base = made->memory + slot * size;
        made->pieces[slot].iov_len = size;
    }
    return made;
}

void CLinux_datagrams_free(CLinux_datagrams *datagrams) {
    if (datagrams == NULL) return;
    if (datagrams->memory != NULL) munmap(datagrams->memory, datagrams->slots * datagrams->size);
    free(datagrams->messages);
    free(datagrams->pieces);
    free(datagrams->controls);
    free(datagrams);
}

int CLinux_datagrams_receive(CLinux_datagrams *datagrams, int socket) {
    // The kernel overwrites lengths and flags: every header is set anew.
    for (unsigned slot = 0; slot < datagrams->slots; slot++) {
        struct msghdr *header = &datagrams->messages[slot].msg_hdr;
        memset(header, 0, sizeof *header);
        header->msg_iov = &datagrams->pieces[slot];
        header->msg_iovlen = 1;
        header->msg_control = &datagrams->controls[slot];
        header->msg_controllen = sizeof datagrams->controls[slot];
    }
    // MSG_TRUNC asks for the length that was sent, not the one that was kept.
    int flags = MSG_DONTWAIT | MSG_TRUNC | MSG_CMSG_CLOEXEC;
    int count;
    do {
        count = recvmmsg(socket, datagrams->messages, datagrams->slots, flags, NULL);
    } while (count < 0 && errno == EINTR);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return 0;
    return count;
}

CLinux_datagram CLinux_datagrams_get(const CLinux_datagrams *datagrams, unsigned slot) {
    const struct mmsghdr *message = &datagrams->messages[slot];
    CLinux_datagram datagram = {.bytes = datagrams->memory + slot * datagrams->size, .length = message->msg_len};
    datagram.count = datagram.length < datagrams->size ? datagram.length : datagrams->size;
    struct msghdr header = message->msg_hdr;
    for (struct cmsghdr *entry = CMSG_FIRSTHDR(&header); entry != NULL; entry = CMSG_NXTHDR(&header, entry)) {
        if (entry->cmsg_level != SOL_SOCKET || entry->cmsg_type != SCM_CREDENTIALS) continue;
        struct ucred sender;
        memcpy(&sender, CMSG_DATA(entry), sizeof sender);
        datagram.pid = sender.pid;
        datagram.uid = sender.uid;
        datagram.gid = sender.gid;
        datagram.has_credentials = true;
    }
    return datagram;
}

int CLinux_pass_credentials(int socket) {
    int on = 1;
    return setsockopt(socket, SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
}

bool CLinux_raise_thread(int niceness) {
    // On Linux the niceness is a thread's own, whatever the name of the call says.
    setpriority(PRIO_PROCESS, (id_t)gettid(), niceness);
    struct sched_param first = {.sched_priority = 1};
    return sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &first) == 0;
}

void CLinux_calm_thread(void) {
    struct sched_param none = {.sched_priority = 0};
    sched_setscheduler(0, SCHED_OTHER | SCHED_RESET_ON_FORK, &none);
}
