// What making and changing a tree have in common.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PROJECTS = 50 };

_Noreturn void fail(const char *what);

// printf into a buffer for a path; a path that does not fit ends the program.
void path_format(char *path, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));

const char *random_word(void);

// The size of a file: 3 % are empty, 0.04 % have 1 to 8 MiB, the others are lognormal around 4 KiB and end at 64 KiB.
long random_size(void);

// Seconds since 1970 in about two years from November 2023 on.
int64_t random_time(void);

// Sets both times of an item, with random nanoseconds; does not follow links.
void set_times(const char *path, int64_t seconds);

// Writes a file of random content, half of which compresses; `flags` of open(2) besides O_WRONLY and O_CREAT.
void write_file(const char *path, long size, int flags);

// Makes `files` files in `directories` directories below `root`. Tiny files are empty, or a line in one of eight.
void create_tree(const char *root, long files, long directories, bool tiny);

// Changes a tree as some days of work do, and writes the paths of all files with new content to the file `list`.
void mutate_tree(const char *root, const char *list);
