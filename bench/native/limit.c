// How fast a tree can be scanned, linked, copied or deleted at all: only the system calls nobody can avoid, on some
// threads.
//
//   limit scan SOURCE THREADS
//   limit link SOURCE PREVIOUS TARGET THREADS   a new tree like SOURCE of links to the files of PREVIOUS
//   limit copy SOURCE TARGET THREADS
//   limit del DIRECTORY THREADS
#define _GNU_SOURCE
#include "limit.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_THREADS = 64 };

struct thread {
  pthread_t id;
  const struct roots *roots;
  visit *visit;
  struct totals totals;
};

static void *work(void *argument) {
  struct thread *thread = argument;
  struct listing listing = {.bytes = malloc(1 << 20), .capacity = 1 << 20};
  if (!listing.bytes) fail("malloc");
  for (struct directory *directory = queue_pop(0); directory; directory = queue_pop(1)) {
    thread->totals.directories++;
    thread->visit(thread->roots, directory, &listing, &thread->totals);
  }
  free(listing.bytes);
  return NULL;
}

static struct totals run(const struct roots *roots, visit *visit, int count) {
  struct thread threads[MOST_THREADS] = {0};
  for (int i = 0; i < count; i++) {
    threads[i].roots = roots;
    threads[i].visit = visit;
    if (i > 0 && pthread_create(&threads[i].id, NULL, work, &threads[i]) != 0) fail("pthread_create");
  }
  work(&threads[0]);
  struct totals all = threads[0].totals;
  for (int i = 1; i < count; i++) {
    pthread_join(threads[i].id, NULL);
    all.files += threads[i].totals.files;
    all.directories += threads[i].totals.directories;
    all.bytes += threads[i].totals.bytes;
  }
  return all;
}

// The queue begins with the root, its times and, where a tree is made, a directory for it.
static void begin(struct roots *roots, const char *target) {
  struct directory *root = calloc(1, sizeof *root + sizeof ".");
  if (!root) fail("calloc");
  strcpy(root->path, ".");
  struct statx status;
  if (statx(roots->source, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &status) < 0) fail("statx");
  root->accessed = status.stx_atime;
  root->modified = status.stx_mtime;
  if (target) {
    if (mkdir(target, status.stx_mode & 07777) < 0) fail(target);
    roots->target = open_directory(AT_FDCWD, target, O_RDONLY);
  }
  queue_push(root);
}

static int usage(void) {
  fputs("usage: limit scan SOURCE N | link SOURCE PREVIOUS TARGET N | copy SOURCE TARGET N | del DIRECTORY N\n",
        stderr);
  return 64;
}

int main(int count, char **arguments) {
  static const struct {
    const char *name;
    int paths;
    visit *visit;
  } modes[] = {
      {"scan", 1, scan_directory},
      {"link", 3, link_directory},
      {"copy", 2, copy_directory},
      {"del", 1, delete_directory},
  };
  const size_t known = sizeof modes / sizeof *modes;
  size_t mode = 0;
  while (mode < known && (count < 2 || strcmp(arguments[1], modes[mode].name) != 0)) mode++;
  if (mode == known || count != modes[mode].paths + 3) return usage();
  const int threads = atoi(arguments[count - 1]);
  if (threads < 1 || threads > MOST_THREADS) return usage();

  // Modes are to arrive as they are.
  umask(0);
  struct roots roots = {.source = open_directory(AT_FDCWD, arguments[2], O_RDONLY)};
  if (modes[mode].paths == 3) roots.previous = open_directory(AT_FDCWD, arguments[3], O_PATH);
  begin(&roots, modes[mode].paths > 1 ? arguments[count - 2] : NULL);
  const struct totals all = run(&roots, modes[mode].visit, threads);
  if (modes[mode].visit == delete_directory && rmdir(arguments[2]) < 0) fail(arguments[2]);
  printf("%ld files, %ld directories, %ld bytes\n", all.files, all.directories, all.bytes);
  return 0;
}
