#ifndef CNCurses_shim_h
#define CNCurses_shim_h

#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <curses.h>
#include <locale.h>
#include <term.h>

// Swift cannot see C globals that change, macros and variadic functions: each gets a prefixed inline function.

static inline WINDOW *CNCurses_stdscr(void) { return stdscr; }
static inline int CNCurses_colors(void) { return COLORS; }
static inline int CNCurses_color_pairs(void) { return COLOR_PAIRS; }

static const attr_t CNCurses_bold = A_BOLD;
static const attr_t CNCurses_dim = A_DIM;
static const attr_t CNCurses_reverse = A_REVERSE;
static const attr_t CNCurses_underline = A_UNDERLINE;

static const int CNCurses_key_f0 = KEY_F0;

// tigetstr takes char * and marks failures by (char *)-1.
static inline const char *CNCurses_capability(const char *name) {
    const char *text = tigetstr((char *)name);
    return text == (const char *)-1 ? NULL : text;
}

#endif
