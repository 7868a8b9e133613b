// Runs a command and writes what it cost to REPORT, as JSON. Costs are those of the command and of all its children
// that it waited for; the memory is the most that one of these processes had.
//
//   timed REPORT COMMAND [ARGUMENT …]
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int write_report(const char *path, double elapsed, const struct rusage *usage) {
  FILE *report = fopen(path, "w");
  if (!report) return -1;
  fprintf(report, "{\"seconds\":%.6f,\"user\":%.6f,\"system\":%.6f,\"maxRssMiB\":%.1f}\n", elapsed,
          seconds_of(usage->ru_utime), seconds_of(usage->ru_stime), (double)usage->ru_maxrss / 1024);
  return fclose(report);
}

int main(int count, char **arguments) {
  if (count < 3) {
    fputs("usage: timed REPORT COMMAND [ARGUMENT ...]\n", stderr);
    return 64;
  }
  const double start = now();
  const pid_t child = fork();
  if (child < 0) {
    perror("fork");
    return 1;
  }
  if (child == 0) {
    // Whoever stops this program stops the command.
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    execvp(arguments[2], arguments + 2);
    perror(arguments[2]);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) < 0) {
    perror("wait4");
    return 1;
  }
  if (write_report(arguments[1], now() - start, &usage) < 0) {
    perror(arguments[1]);
    return 1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
