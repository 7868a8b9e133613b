#define _GNU_SOURCE
#include "random.h"
#include "tree.h"

#include <fcntl.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MIB = 1 << 20, POOL_BYTES = 2 * MIB };

static const char *const WORDS[] = {
    "index",  "main",   "util",   "helper", "module", "test",   "config", "service", "component", "view",
    "model",  "report", "invoice", "photo", "image",  "IMG",    "DSC",    "notes",   "draft",     "final",
    "backup", "data",   "table",  "schema", "query",  "render", "layout", "style",   "theme",     "readme",
    "license", "package", "lib",  "core",   "common", "shared", "types",  "client",  "server",    "proxy",
    "cache",  "buffer", "stream", "parser", "lexer",  "token",  "node",   "tree",    "graph",     "controller",
};

_Noreturn void fail(const char *what) {
  perror(what);
  exit(1);
}

void path_format(char *path, size_t size, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = vsnprintf(path, size, format, arguments);
  va_end(arguments);
  if (length < 0 || (size_t)length >= size) {
    fprintf(stderr, "the path is too long: %s\n", path);
    exit(1);
  }
}

const char *random_word(void) { return WORDS[random_below(sizeof WORDS / sizeof *WORDS)]; }

long random_size(void) {
  const double kind = random_unit();
  if (kind < 0.03) return 0;
  if (kind < 0.0304) return MIB + (long)(random_unit() * 7 * MIB);
  const double size = exp(log(4200) + 1.5 * random_normal());
  return (long)(size > 65536 ? 65536 * random_unit() : size);
}

int64_t random_time(void) { return 1700000000 + (int64_t)(random_unit() * 60000000); }

void set_times(const char *path, int64_t seconds) {
  const struct timespec time = {.tv_sec = seconds, .tv_nsec = (long)random_below(1000000000)};
  const struct timespec times[2] = {time, time};
  if (utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) < 0) fail(path);
}

// Every other eight bytes are printable characters of six random bits or so.
static const char *content_pool(void) {
  static uint64_t *pool;
  if (pool) return (const char *)pool;
  pool = malloc(POOL_BYTES);
  if (!pool) fail("malloc");
  for (size_t i = 0; i < POOL_BYTES / sizeof *pool; i++) {
    const uint64_t bits = random_bits();
    pool[i] = i % 2 ? (bits & 0x7f7f7f7f7f7f7f7fu) | 0x2020202020202020u : bits;
  }
  return (const char *)pool;
}

void write_file(const char *path, long size, int flags) {
  const char *content = content_pool() + random_below(MIB);
  const int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0644);
  if (file < 0) fail(path);
  while (size > 0) {
    const ssize_t written = write(file, content, size < MIB ? (size_t)size : MIB);
    if (written <= 0) fail(path);
    size -= written;
  }
  close(file);
}
