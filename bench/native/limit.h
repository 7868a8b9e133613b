// What the parts of the limit program share.
#pragma once

#include "work-queue.h"

#include <dirent.h>
#include <stddef.h>

// Directory handles of the trees, all paths are relative to them.
struct roots {
  int source, previous, target;
};

struct totals {
  long files, directories, bytes;
};

// The names of one directory, in the order the file system has them. The memory is used again for the next one.
struct listing {
  char *bytes;
  size_t length, capacity;
};

_Noreturn void fail(const char *what);

// Opens a directory below a root, whatever it takes.
int open_directory(int root, const char *path, int flags);

void list_directory(struct listing *listing, int directory);

// The name at an offset, which moves on, or NULL at the end; leaves out . and ...
struct dirent64 *next_name(const struct listing *listing, size_t *offset);

// Of an item in a directory; without a name, of the handle itself.
void set_times(int directory, const char *name, const struct statx_timestamp *accessed,
               const struct statx_timestamp *modified);

// What to do about one directory; each pushes its subdirectories.
typedef void visit(const struct roots *roots, struct directory *directory, struct listing *listing,
                   struct totals *totals);
visit scan_directory, link_directory, copy_directory, delete_directory;
