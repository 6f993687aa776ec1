#define _GNU_SOURCE
#include "CLinux_terminal.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Everything here runs in signal handlers or is read by them: only async-signal-safe calls (signal-safety(7)).

static const int watched[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
enum { watched_count = sizeof watched / sizeof *watched };
static struct sigaction watched_before[watched_count];
static volatile sig_atomic_t pipe_descriptor = -1;

static void write_signal(int signal) {
    int saved = errno;
    int descriptor = pipe_descriptor;
    unsigned char byte = (unsigned char)signal;
    // A full pipe drops the byte: the reader has enough to wake up for.
    if (descriptor >= 0 && write(descriptor, &byte, 1) < 0) errno = saved;
    errno = saved;
}

static int watch(int signal, struct sigaction *before) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = write_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    return sigaction(signal, &action, before);
}

int CLinux_signals_to_pipe(int descriptor) {
    if (pipe_descriptor >= 0) {
        errno = EBUSY;
        return -1;
    }
    pipe_descriptor = descriptor;
    for (int index = 0; index < watched_count; index++) watch(watched[index], &watched_before[index]);
    return 0;
}

void CLinux_signals_restore(void) {
    if (pipe_descriptor < 0) return;
    for (int index = 0; index < watched_count; index++) sigaction(watched[index], &watched_before[index], NULL);
    pipe_descriptor = -1;
}

void CLinux_stop_process(void) {
    struct sigaction action, before;
    sigset_t stop, mask;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    // The whole group stops, as with Ctrl-Z: a pipeline's other members too.
    action.sa_handler = SIG_IGN;
    sigaction(SIGTSTP, &action, &before);
    kill(0, SIGTSTP);
    // This process by a signal to this thread: one to the process may be taken by another thread, and this one would go
    // on for a moment and take the terminal again before it stops.
    action.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &action, NULL);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
    raise(SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &before, NULL);
}

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGQUIT};
enum { crashes_count = sizeof crashes / sizeof *crashes };
static struct sigaction crashes_before[crashes_count];
static volatile sig_atomic_t armed;
static int exit_hooked;
static int terminal_descriptor = -1;
static uint8_t restore_bytes[512];
static size_t restore_count;
static struct termios restore_modes;
// A stack overflow leaves no stack to handle it on.
static uint8_t crash_stack[32768];

static void restore_terminal(void) {
    if (!armed) return;
    armed = 0;
    size_t done = 0;
    while (done < restore_count) {
        ssize_t written = write(terminal_descriptor, restore_bytes + done, restore_count - done);
        if (written <= 0) break;
        done += (size_t)written;
    }
    tcsetattr(terminal_descriptor, TCSANOW, &restore_modes);
}

static void crash(int signal) {
    restore_terminal();
    for (int index = 0; index < crashes_count; index++) {
        if (crashes[index] == signal) sigaction(signal, &crashes_before[index], NULL);
    }
    // Blocked until this handler returns; a fault comes again by itself as well.
    raise(signal);
}

static int catch_crashes(void) {
    stack_t stack;
    memset(&stack, 0, sizeof stack);
    stack.ss_sp = crash_stack;
    stack.ss_size = sizeof crash_stack;
    if (sigaltstack(&stack, NULL) != 0) return -1;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = crash;
    action.sa_flags = SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    for (int index = 0; index < crashes_count; index++) {
        if (sigaction(crashes[index], &action, &crashes_before[index]) != 0) return -1;
    }
    return 0;
}

int CLinux_terminal_arm(int descriptor, const uint8_t *bytes, size_t count, const struct termios *modes) {
    if (armed || count > sizeof restore_bytes) {
        errno = armed ? EBUSY : E2BIG;
        return -1;
    }
    terminal_descriptor = descriptor;
    memcpy(restore_bytes, bytes, count);
    restore_count = count;
    restore_modes = *modes;
    if (catch_crashes() != 0) return -1;
    if (!exit_hooked) exit_hooked = atexit(restore_terminal) == 0;
    armed = 1;
    return 0;
}

void CLinux_terminal_disarm(void) {
    if (!armed) return;
    armed = 0;
    for (int index = 0; index < crashes_count; index++) sigaction(crashes[index], &crashes_before[index], NULL);
}
