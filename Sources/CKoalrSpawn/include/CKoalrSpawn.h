// Starting and watching a child process: what Swift on Linux cannot see (pipe2, closefrom, wait4) and what differs between systems.
#ifndef CKOALRSPAWN_H
#define CKOALRSPAWN_H

#include <stdint.h>
#include <sys/types.h>

#if !defined(__clang__)
#define _Nonnull
#define _Nullable
#endif

/// A running child and our ends of its pipes; they are non-blocking and are not inherited by other children.
struct koalr_child {
  pid_t pid;
  int input;
  int output;
  int errors;
};

/// How a child ended: `status` is -1 when a signal ended it, `signal` is 0 when none did.
struct koalr_exit {
  int status;
  int signal;
  int64_t cpu_microseconds;
};

/// Which descriptors `koalr_poll` found ready.
enum { KOALR_INPUT = 1, KOALR_OUTPUT = 2, KOALR_ERRORS = 4, KOALR_WAKE = 8 };

/// Starts `program`, looked up in PATH, as the leader of its own process group, with default signals, an empty signal mask and no
/// descriptor but 0, 1 and 2. With `wants_input` 0 its standard input is /dev/null and `input` is -1.
/// Returns 0, or an errno value; then nothing is left open.
int koalr_spawn(const char *_Nonnull program, char *_Nullable const *_Nonnull arguments,
                char *_Nullable const *_Nonnull environment, int wants_input, struct koalr_child *_Nonnull child);

/// Makes a non-blocking pipe that children do not inherit. Returns 0 or an errno value.
int koalr_pipe(int *_Nonnull reading, int *_Nonnull writing);

/// Waits until one of the descriptors is ready; those that are -1 are left out. Returns the ready ones, 0 after the time or an
/// interruption. `milliseconds` -1 waits without end.
int koalr_poll(int input, int output, int errors, int wake, int milliseconds);

/// Says whether the child has ended, without reaping it; with `blocking` it waits for that.
int koalr_has_ended(pid_t pid, int blocking);

/// Reaps an ended child.
void koalr_reap(pid_t pid, struct koalr_exit *_Nonnull result);

/// Runs `body` on a detached thread of its own that takes no signals. Returns 0 or an errno value.
int koalr_start_thread(void (*_Nonnull body)(void *_Nonnull), void *_Nonnull context);

/// Takes an exclusive lock on the file, made when it is missing, without waiting. Returns the descriptor that holds it (closing
/// it gives the lock up), or a negative errno value: `-EWOULDBLOCK` when another holds it.
int koalr_lock_file(const char *_Nonnull path);

#endif
