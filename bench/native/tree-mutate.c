#define _GNU_SOURCE
#include "random.h"
#include "tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RENAMED_PROJECT = 17 };

struct file {
  char *path;
  long size;
};

struct files {
  struct file *items;
  size_t count, capacity;
};

static int by_name(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

static void add(struct files *files, const FTSENT *entry) {
  if (files->count == files->capacity) {
    files->capacity = files->capacity ? files->capacity * 2 : 1024;
    files->items = realloc(files->items, files->capacity * sizeof *files->items);
    if (!files->items) fail("realloc");
  }
  files->items[files->count++] = (struct file){strdup(entry->fts_path), entry->fts_statp->st_size};
}

// All regular files with one name. In the order of names, which is the same wherever the tree was made.
static struct files list_files(const char *root) {
  struct files files = {0};
  char *const roots[] = {(char *)root, NULL};
  FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
  if (!walk) fail(root);
  for (FTSENT *entry; (entry = fts_read(walk));)
    if (entry->fts_info == FTS_F && entry->fts_statp->st_nlink == 1) add(&files, entry);
  fts_close(walk);
  return files;
}

// Names of projects begin with a word: find the one with this number at the end.
static void rename_project(const char *root, int number) {
  char ending[16], from[PATH_MAX], to[PATH_MAX];
  path_format(ending, sizeof ending, "-project-%02d", number);
  DIR *directory = opendir(root);
  if (!directory) fail(root);
  for (struct dirent *entry; (entry = readdir(directory));) {
    const char *at = strstr(entry->d_name, ending);
    if (!at || at[strlen(ending)] != '\0') continue;
    path_format(from, sizeof from, "%s/%s", root, entry->d_name);
    path_format(to, sizeof to, "%s-renamed", from);
    if (rename(from, to) < 0) fail(from);
    break;
  }
  closedir(directory);
}

// Long after the times of the tree, and one second later for each.
static int64_t time_of_change(long number) { return 1790000000 + number; }

static void change_file(const struct file *file, long number) {
  const long size = random_below(2) ? file->size : random_size();
  write_file(file->path, size, O_TRUNC);
  set_times(file->path, time_of_change(number));
}

static void add_file(const char *neighbour, long number, char *path, size_t size) {
  path_format(path, size, "%s.new%ld", neighbour, number);
  write_file(path, random_size(), O_EXCL);
}

// 2 % are in the project of fifty that gets another name. Of the files, 1 % get new content, half of them of the same
// size; 0.5 % go; 0.5 % get a new file beside them.
void mutate_tree(const char *root, const char *list_name) {
  FILE *list = fopen(list_name, "w");
  if (!list) fail(list_name);
  rename_project(root, RENAMED_PROJECT);
  struct files files = list_files(root);
  long changed = 0, added = 0, deleted = 0;
  for (size_t i = 0; i < files.count; i++) {
    const struct file *file = &files.items[i];
    const double kind = random_unit();
    if (kind < 0.01) {
      change_file(file, changed++);
      fprintf(list, "%s\n", file->path);
    } else if (kind < 0.015) {
      if (unlink(file->path) < 0) fail(file->path);
      deleted++;
    } else if (kind < 0.02) {
      char path[PATH_MAX];
      add_file(file->path, added++, path, sizeof path);
      fprintf(list, "%s\n", path);
    }
    free(file->path);
  }
  free(files.items);
  if (fclose(list) != 0) fail(list_name);
  printf("%ld changed, %ld added, %ld deleted, 1 project renamed\n", changed, added, deleted);
}
