#define _GNU_SOURCE
#include "random.h"
#include "tree.h"

#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_LEVELS = 10 };

static const char *const EXTENSIONS[] = {
    ".js",  ".ts",   ".d.ts", ".json", ".md",  ".txt", ".cs",   ".cpp", ".h",   ".png",
    ".jpg", ".pdf",  ".docx", ".xlsx", ".map", ".css", ".html", ".xml", ".yml", "",
};

struct directory {
  char *path;
  int level;
};

struct counts {
  long files, symlinks, hardlinks, bytes;
};

static void make_directory(struct directory *directory, const char *path, int level) {
  if (mkdir(path, random_below(20) ? 0755 : 0750) < 0) fail(path);
  directory->path = strdup(path);
  if (!directory->path) fail("strdup");
  directory->level = level;
}

// A directory of the project. A higher exponent prefers those that were made early, near the top.
static const struct directory *choose(const struct directory *project, long count, double exponent) {
  return &project[(long)(pow(random_unit(), exponent) * (double)count)];
}

// The first one is the project's own directory; each further one goes into any of those before it.
static void make_directories(const char *root, int number, struct directory *project, long count) {
  char path[PATH_MAX];
  path_format(path, sizeof path, "%s/%s-project-%02d", root, random_word(), number);
  make_directory(&project[0], path, 1);
  for (long i = 1; i < count; i++) {
    const struct directory *parent;
    do parent = choose(project, i, 1.6);
    while (parent->level >= MOST_LEVELS);
    path_format(path, sizeof path, "%s/%s%s%ld", parent->path, random_word(), random_below(3) ? "-" : "_", i);
    make_directory(&project[i], path, parent->level + 1);
  }
}

static void make_symlink(const char *path, struct counts *counts) {
  char target[64];
  path_format(target, sizeof target, "../%s/%s", random_word(), random_word());
  if (symlink(target, path) < 0) fail(path);
  set_times(path, random_time());
  counts->symlinks++;
}

static void make_file(const char *path, bool tiny, struct counts *counts) {
  const long size = !tiny ? random_size() : random_below(8) ? 0 : 1 + (long)random_below(80);
  write_file(path, size, O_EXCL);
  if (random_below(15) == 0 && chmod(path, 0755) < 0) fail(path);
  set_times(path, random_time());
  counts->files++;
  counts->bytes += size;
}

// 0.5 % are symbolic links, 0.1 % further names of the file before.
static void make_files(const struct directory *project, long directories, long files, bool tiny,
                       struct counts *counts) {
  char path[PATH_MAX], last[PATH_MAX] = "";
  for (long i = 0; i < files; i++) {
    const struct directory *directory = choose(project, directories, 1.3);
    path_format(path, sizeof path, "%s/%s%s%s_%ld%s", directory->path, random_word(), random_below(2) ? "-" : ".",
                random_word(), i, EXTENSIONS[random_below(sizeof EXTENSIONS / sizeof *EXTENSIONS)]);
    const double kind = random_unit();
    if (kind < 0.005) {
      make_symlink(path, counts);
    } else if (kind < 0.006 && *last) {
      if (link(last, path) < 0) fail(path);
      counts->hardlinks++;
    } else {
      make_file(path, tiny, counts);
      strcpy(last, path);
    }
  }
}

void create_tree(const char *root, long files, long directories, bool tiny) {
  struct counts counts = {0};
  const long each = directories / PROJECTS > 0 ? directories / PROJECTS : 1;
  struct directory *project = calloc((size_t)each, sizeof *project);
  if (!project) fail("calloc");
  if (mkdir(root, 0755) < 0) fail(root);
  for (int number = 0; number < PROJECTS; number++) {
    make_directories(root, number, project, each);
    make_files(project, each, files / PROJECTS, tiny, &counts);
    // Last, because every new name changes the time of its directory.
    for (long i = 0; i < each; i++) {
      set_times(project[i].path, random_time());
      free(project[i].path);
    }
  }
  set_times(root, 1750000000);
  free(project);
  printf("%ld files, %ld directories, %ld symbolic links, %ld hard links, %.2f GiB\n", counts.files,
         each * PROJECTS + 1, counts.symlinks, counts.hardlinks, (double)counts.bytes / (1 << 30));
}
