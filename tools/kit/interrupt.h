/* An interrupt leaves nothing behind: SIGINT, SIGTERM and SIGHUP are blocked in all threads; one
 * thread waits for them, removes the private directory of the output, and raises them again. */
#ifndef KIT_INTERRUPT_H
#define KIT_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

/* Starts to watch. Call it before any other thread is started; again does nothing. */
bool interrupt_watch(void);

/* Between these two an interrupt waits: the output is being opened, or renamed into place.
 * release says which directory an interrupt is to remove from now on; NULL: none. It is copied. */
void interrupt_hold(void);
void interrupt_release(const char *directory);

/* Ends the program by a signal, at once. */
_Noreturn void interrupt_end(int signal_number);

#endif
