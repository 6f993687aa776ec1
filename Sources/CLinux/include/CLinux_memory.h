#ifndef CLinux_memory_h
#define CLinux_memory_h

/// Gives back to the kernel what the process holds and does not need: free memory of malloc, and the pages of the program's
/// and its libraries' files that are mapped. Those are read-only and come back from the page cache when they are touched.
void CLinux_give_back_memory(void);

/// Lets malloc keep so many arenas at most; called before the first thread is made.
void CLinux_limit_arenas(int arenas);

#endif
