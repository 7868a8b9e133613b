// Directories that wait for a thread. The last one in is the first one out, so that few wait at any time.
#pragma once

#include <stdatomic.h>
#include <sys/stat.h>

struct directory {
  struct directory *next;
  // Deletion only: the directory above, and how much is left here: one for the directory itself until it was listed,
  // and one for each subdirectory.
  struct directory *parent;
  atomic_int pending;
  struct statx_timestamp accessed, modified;
  // Relative to the root.
  char path[];
};

struct directory *directory_new(const char *parent, const char *name);

void queue_push(struct directory *directory);

// The next directory, or NULL once all work is done. Each thread says whether it comes back from an earlier one.
struct directory *queue_pop(int comes_back);
