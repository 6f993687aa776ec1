#ifndef CLinux_terminal_h
#define CLinux_terminal_h

#include <stddef.h>
#include <stdint.h>
#include <termios.h>

/// Signals whose number is written as one byte to `descriptor` from now on (SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP,
/// SIGCONT); what they did before is kept. Returns 0, or -1 with errno set (EBUSY: already in use).
int CLinux_signals_to_pipe(int descriptor);

/// Gives the signals back what they did before CLinux_signals_to_pipe.
void CLinux_signals_restore(void);

/// Stops the process as SIGTSTP does by default, with the handler of CLinux_signals_to_pipe back when it goes on.
void CLinux_stop_process(void);

/// Prepares what a crash or an exit writes to the terminal: `bytes` (at most 512), then `modes`.
/// From now on SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS and SIGQUIT restore the terminal and then do what
/// they did before. Returns 0, or -1 with errno set.
int CLinux_terminal_arm(int descriptor, const uint8_t *bytes, size_t count, const struct termios *modes);

/// Forgets what CLinux_terminal_arm prepared and gives the crash signals back what they did before.
void CLinux_terminal_disarm(void);

#endif
