#define _GNU_SOURCE
#include "work-queue.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static struct directory *top;
static int busy;

struct directory *directory_new(const char *parent, const char *name) {
  const size_t parent_length = strlen(parent), name_length = strlen(name);
  struct directory *directory = calloc(1, sizeof *directory + parent_length + name_length + 2);
  if (!directory) abort();
  memcpy(directory->path, parent, parent_length);
  directory->path[parent_length] = '/';
  memcpy(directory->path + parent_length + 1, name, name_length);
  return directory;
}

void queue_push(struct directory *directory) {
  pthread_mutex_lock(&mutex);
  directory->next = top;
  top = directory;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&mutex);
}

struct directory *queue_pop(int comes_back) {
  pthread_mutex_lock(&mutex);
  busy -= comes_back;
  while (!top && busy) pthread_cond_wait(&changed, &mutex);
  struct directory *directory = top;
  if (directory) {
    top = directory->next;
    busy++;
  } else {
    // Nothing waits and nobody works: the others may go, too.
    pthread_cond_broadcast(&changed);
  }
  pthread_mutex_unlock(&mutex);
  return directory;
}
