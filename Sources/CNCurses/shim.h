#ifndef CNCurses_shim_h
#define CNCurses_shim_h

#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <curses.h>
#include <locale.h>

// Swift cannot see C globals that change, macros and variadic functions: each gets a prefixed inline function.

static inline WINDOW *CNCurses_stdscr(void) { return stdscr; }

#endif
