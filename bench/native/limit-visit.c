// Scanning, linking and copying: one pass per directory, its times last.
#define _GNU_SOURCE
#include "limit.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

// Places one item other than a directory.
typedef void place(const struct dirent64 *entry, const struct statx *status, int from, int to, struct totals *totals);

static struct directory *subdirectory(const struct directory *above, const char *name, const struct statx *status) {
  struct directory *directory = directory_new(above->path, name);
  directory->accessed = status->stx_atime;
  directory->modified = status->stx_mtime;
  return directory;
}

// `from` is where `place` takes items from, -1 for the source; without `place` nothing is made.
static void visit_directory(const struct roots *roots, struct directory *directory, struct listing *listing,
                            struct totals *totals, int from, place *place_item) {
  const int source = open_directory(roots->source, directory->path, O_RDONLY | O_NOFOLLOW);
  const int target = place_item ? open_directory(roots->target, directory->path, O_RDONLY) : -1;
  list_directory(listing, source);
  size_t offset = 0;
  for (struct dirent64 *entry; (entry = next_name(listing, &offset));) {
    struct statx status;
    if (statx(source, entry->d_name, AT_SYMLINK_NOFOLLOW | AT_STATX_DONT_SYNC, STATX_BASIC_STATS, &status) < 0)
      fail(entry->d_name);
    if (entry->d_type == DT_DIR) {
      if (target >= 0 && mkdirat(target, entry->d_name, status.stx_mode & 07777) < 0) fail(entry->d_name);
      queue_push(subdirectory(directory, entry->d_name, &status));
    } else {
      totals->files++;
      if (place_item) place_item(entry, &status, from < 0 ? source : from, target, totals);
    }
  }
  if (target >= 0) {
    set_times(target, NULL, &directory->accessed, &directory->modified);
    close(target);
  }
  close(source);
  free(directory);
}

static void link_item(const struct dirent64 *entry, const struct statx *status, int from, int to,
                      struct totals *totals) {
  (void)status;
  (void)totals;
  if (linkat(from, entry->d_name, to, entry->d_name, 0) < 0) fail(entry->d_name);
}

static void copy_symlink(const char *name, const struct statx *status, int from, int to) {
  char target[PATH_MAX];
  const ssize_t length = readlinkat(from, name, target, sizeof target - 1);
  if (length < 0) fail(name);
  target[length] = '\0';
  if (symlinkat(target, to, name) < 0) fail(name);
  set_times(to, name, &status->stx_atime, &status->stx_mtime);
}

static void copy_file(const char *name, const struct statx *status, int from, int to) {
  const int input = openat(from, name, O_RDONLY | O_CLOEXEC | O_NOATIME);
  const int output = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, status->stx_mode & 07777);
  if (input < 0 || output < 0) fail(name);
  for (size_t left = status->stx_size; left > 0;) {
    const ssize_t copied = copy_file_range(input, NULL, output, NULL, left, 0);
    if (copied <= 0) fail(name);
    left -= (size_t)copied;
  }
  set_times(output, NULL, &status->stx_atime, &status->stx_mtime);
  close(output);
  close(input);
}

static void copy_item(const struct dirent64 *entry, const struct statx *status, int from, int to,
                      struct totals *totals) {
  if (entry->d_type == DT_LNK) return copy_symlink(entry->d_name, status, from, to);
  copy_file(entry->d_name, status, from, to);
  totals->bytes += (long)status->stx_size;
}

void scan_directory(const struct roots *roots, struct directory *directory, struct listing *listing,
                    struct totals *totals) {
  visit_directory(roots, directory, listing, totals, -1, NULL);
}

void link_directory(const struct roots *roots, struct directory *directory, struct listing *listing,
                    struct totals *totals) {
  const int previous = open_directory(roots->previous, directory->path, O_PATH);
  visit_directory(roots, directory, listing, totals, previous, link_item);
  close(previous);
}

void copy_directory(const struct roots *roots, struct directory *directory, struct listing *listing,
                    struct totals *totals) {
  visit_directory(roots, directory, listing, totals, -1, copy_item);
}
