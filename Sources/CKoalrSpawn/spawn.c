#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "CKoalrSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__APPLE__)
#include <TargetConditionals.h>
#endif
#if defined(__linux__)
#include <dirent.h>
#endif

#if defined(__GLIBC__) && defined(__GLIBC_PREREQ)
#if __GLIBC_PREREQ(2, 34)
#define KOALR_HAS_CLOSEFROM 1
#endif
#endif

static void close_pair(int pair[2]) {
  for (int index = 0; index < 2; index++) {
    if (pair[index] >= 0) close(pair[index]);
    pair[index] = -1;
  }
}

// Moves the descriptor to 3 or above: a host that closed its standard streams gets 0, 1 or 2 from pipe(), which the child's
// dup2 calls would overwrite.
static int lift(int *descriptor) {
  if (*descriptor > 2) return 0;
  int moved = fcntl(*descriptor, F_DUPFD_CLOEXEC, 3);
  if (moved < 0) return errno;
  close(*descriptor);
  *descriptor = moved;
  return 0;
}

static int make_pipe(int pair[2]) {
#if defined(__linux__)
  if (pipe2(pair, O_CLOEXEC) != 0) return errno;
#else
  if (pipe(pair) != 0) return errno;
  fcntl(pair[0], F_SETFD, FD_CLOEXEC);
  fcntl(pair[1], F_SETFD, FD_CLOEXEC);
#endif
  int error = lift(&pair[0]);
  if (error == 0) error = lift(&pair[1]);
  if (error != 0) close_pair(pair);
  return error;
}

static void make_nonblocking(int descriptor) { fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK); }

int koalr_pipe(int *reading, int *writing) {
  int pair[2] = {-1, -1};
  int error = make_pipe(pair);
  if (error != 0) return error;
  make_nonblocking(pair[0]);
  make_nonblocking(pair[1]);
  *reading = pair[0];
  *writing = pair[1];
  return 0;
}

#if TARGET_OS_TV || TARGET_OS_WATCH
// There are no child processes on these systems.
int koalr_spawn(const char *program, char *const *arguments, char *const *environment, int wants_input,
                struct koalr_child *child) {
  (void)program, (void)arguments, (void)environment, (void)wants_input, (void)child;
  return ENOENT;
}
#else

// Sees to it that the child inherits nothing that the host forgot to mark as close-on-exec.
static int close_others(posix_spawn_file_actions_t *actions) {
#if defined(KOALR_HAS_CLOSEFROM)
  return posix_spawn_file_actions_addclosefrom_np(actions, 3);
#elif defined(__linux__)
  // Without closefrom (musl, old glibc) every descriptor that is open now is named; closing one twice does no harm.
  DIR *folder = opendir("/proc/self/fd");
  if (folder == NULL) return 0;
  int error = 0;
  for (struct dirent *entry; error == 0 && (entry = readdir(folder)) != NULL;) {
    int descriptor = atoi(entry->d_name);
    if (descriptor > 2 && descriptor != dirfd(folder)) error = posix_spawn_file_actions_addclose(actions, descriptor);
  }
  closedir(folder);
  return error;
#else
  (void)actions;  // POSIX_SPAWN_CLOEXEC_DEFAULT does it.
  return 0;
#endif
}

static int add_actions(posix_spawn_file_actions_t *actions, int input, int output, int errors) {
  int error = input >= 0 ? posix_spawn_file_actions_adddup2(actions, input, 0)
                         : posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
  if (error == 0) error = posix_spawn_file_actions_adddup2(actions, output, 1);
  if (error == 0) error = posix_spawn_file_actions_adddup2(actions, errors, 2);
  if (error == 0) error = close_others(actions);
  return error;
}

static int set_attributes(posix_spawnattr_t *attributes) {
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
#if defined(__APPLE__)
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
  int error = posix_spawnattr_setflags(attributes, flags);
  if (error == 0) error = posix_spawnattr_setpgroup(attributes, 0);
  if (error == 0) error = posix_spawnattr_setsigdefault(attributes, &all);
  if (error == 0) error = posix_spawnattr_setsigmask(attributes, &none);
  return error;
}

static int spawn_with(int input, int output, int errors, const char *program, char *const *arguments,
                      char *const *environment, pid_t *pid) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int error = posix_spawn_file_actions_init(&actions);
  if (error != 0) return error;
  error = posix_spawnattr_init(&attributes);
  if (error == 0) {
    error = add_actions(&actions, input, output, errors);
    if (error == 0) error = set_attributes(&attributes);
    if (error == 0) error = posix_spawnp(pid, program, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

int koalr_spawn(const char *program, char *const *arguments, char *const *environment, int wants_input,
                struct koalr_child *child) {
  int input[2] = {-1, -1}, output[2] = {-1, -1}, errors[2] = {-1, -1};
  int error = wants_input ? make_pipe(input) : 0;
  if (error == 0) error = make_pipe(output);
  if (error == 0) error = make_pipe(errors);
  if (error == 0) error = spawn_with(input[0], output[1], errors[1], program, arguments, environment, &child->pid);
  if (error != 0) {
    close_pair(input);
    close_pair(output);
    close_pair(errors);
    return error;
  }
  if (input[0] >= 0) close(input[0]);
  close(output[1]);
  close(errors[1]);
  child->input = input[1];
  child->output = output[0];
  child->errors = errors[0];
  if (child->input >= 0) make_nonblocking(child->input);
  make_nonblocking(child->output);
  make_nonblocking(child->errors);
  return 0;
}
#endif

int koalr_poll(int input, int output, int errors, int wake, int milliseconds) {
  // poll ignores negative descriptors.
  struct pollfd watched[4] = {{input, POLLOUT, 0}, {output, POLLIN, 0}, {errors, POLLIN, 0}, {wake, POLLIN, 0}};
  if (poll(watched, 4, milliseconds) <= 0) return 0;
  int ready = 0;
  for (int index = 0; index < 4; index++) {
    if (watched[index].revents != 0) ready |= 1 << index;
  }
  return ready;
}

int koalr_has_ended(pid_t pid, int blocking) {
  siginfo_t information;
  for (;;) {
    memset(&information, 0, sizeof information);
    if (waitid(P_PID, (id_t)pid, &information, WEXITED | WNOWAIT | (blocking ? 0 : WNOHANG)) == 0)
      return information.si_pid == pid;
    if (errno != EINTR) return 1;
  }
}

void koalr_reap(pid_t pid, struct koalr_exit *result) {
  int status = 0;
  struct rusage usage;
  memset(&usage, 0, sizeof usage);
  pid_t reaped;
  do reaped = wait4(pid, &status, 0, &usage);
  while (reaped < 0 && errno == EINTR);
  // A host that ignores SIGCHLD loses the status; -1 without a signal says so.
  result->status = reaped == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  result->signal = reaped == pid && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  result->cpu_microseconds = (int64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 + usage.ru_utime.tv_usec +
                             usage.ru_stime.tv_usec;
}

struct thread_start {
  void (*body)(void *);
  void *context;
};

static void *run_thread(void *argument) {
  struct thread_start start = *(struct thread_start *)argument;
  free(argument);
  start.body(start.context);
  return NULL;
}

int koalr_start_thread(void (*body)(void *), void *context) {
  struct thread_start *start = malloc(sizeof *start);
  if (start == NULL) return ENOMEM;
  start->body = body;
  start->context = context;
  pthread_attr_t attributes;
  pthread_t thread;
  sigset_t all, previous;
  int error = pthread_attr_init(&attributes);
  if (error == 0) {
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, 512 * 1024);
    // A blocked SIGPIPE makes writing to an ended child an error instead of the end of the host.
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &previous);
    error = pthread_create(&thread, &attributes, run_thread, start);
    pthread_sigmask(SIG_SETMASK, &previous, NULL);
    pthread_attr_destroy(&attributes);
  }
  if (error != 0) free(start);
  return error;
}

int koalr_lock_file(const char *path) {
  int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return -errno;
  while (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    int error = errno;
    close(descriptor);
    return -error;
  }
  return descriptor;
}
