#define _GNU_SOURCE
#include "limit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LEAST_ROOM = 1 << 16 };

// The other threads are in the middle of something: end all of them here.
_Noreturn void fail(const char *what) {
  perror(what);
  _exit(1);
}

int open_directory(int root, const char *path, int flags) {
  const int directory = openat(root, path, flags | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) fail(path);
  return directory;
}

void list_directory(struct listing *listing, int directory) {
  listing->length = 0;
  for (;;) {
    const ssize_t got = getdents64(directory, listing->bytes + listing->length, listing->capacity - listing->length);
    if (got < 0) fail("getdents64");
    if (got == 0) return;
    listing->length += (size_t)got;
    if (listing->capacity - listing->length >= LEAST_ROOM) continue;
    listing->bytes = realloc(listing->bytes, listing->capacity *= 2);
    if (!listing->bytes) fail("realloc");
  }
}

static int is_dots(const char *name) {
  return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

struct dirent64 *next_name(const struct listing *listing, size_t *offset) {
  while (*offset < listing->length) {
    struct dirent64 *entry = (struct dirent64 *)(listing->bytes + *offset);
    *offset += entry->d_reclen;
    if (!is_dots(entry->d_name)) return entry;
  }
  return NULL;
}

void set_times(int directory, const char *name, const struct statx_timestamp *accessed,
               const struct statx_timestamp *modified) {
  const struct timespec times[2] = {{accessed->tv_sec, accessed->tv_nsec}, {modified->tv_sec, modified->tv_nsec}};
  const int result = name ? utimensat(directory, name, times, AT_SYMLINK_NOFOLLOW) : futimens(directory, times);
  if (result < 0) fail("utimensat");
}
