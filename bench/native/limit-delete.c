// Deletion: files at once; a directory goes when the last of its subdirectories is gone, by the thread that saw it go.
#define _GNU_SOURCE
#include "limit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

// One thing less is left in the directory. The root itself is removed by its own name, at the end.
static void one_less(int root, struct directory *directory) {
  while (directory && atomic_fetch_sub(&directory->pending, 1) == 1) {
    struct directory *parent = directory->parent;
    if (parent && unlinkat(root, directory->path, AT_REMOVEDIR) < 0) fail(directory->path);
    free(directory);
    directory = parent;
  }
}

void delete_directory(const struct roots *roots, struct directory *directory, struct listing *listing,
                      struct totals *totals) {
  const int handle = open_directory(roots->source, directory->path, O_RDONLY | O_NOFOLLOW);
  list_directory(listing, handle);
  atomic_store(&directory->pending, 1);
  size_t offset = 0;
  for (struct dirent64 *entry; (entry = next_name(listing, &offset));) {
    if (entry->d_type == DT_DIR) {
      struct directory *below = directory_new(directory->path, entry->d_name);
      below->parent = directory;
      atomic_fetch_add(&directory->pending, 1);
      queue_push(below);
    } else {
      totals->files++;
      if (unlinkat(handle, entry->d_name, 0) < 0) fail(entry->d_name);
    }
  }
  close(handle);
  one_less(roots->source, directory);
}
