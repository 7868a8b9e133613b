// Makes the tree that is backed up: the same for the same arguments, in size and shape like a developer's home.
//
//   tree create DIR FILES DIRECTORIES [SEED [tiny]]
//   tree mutate DIR LIST     changes a tree as made, and writes the paths of all files with new content to LIST
#include "random.h"
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int usage(void) {
  fputs("usage: tree create DIR FILES DIRECTORIES [SEED [tiny]] | tree mutate DIR LIST\n", stderr);
  return 64;
}

int main(int count, char **arguments) {
  if (count >= 5 && strcmp(arguments[1], "create") == 0) {
    random_seed(count > 5 ? strtoull(arguments[5], NULL, 10) : 1);
    const bool tiny = count > 6 && strcmp(arguments[6], "tiny") == 0;
    create_tree(arguments[2], atol(arguments[3]), atol(arguments[4]), tiny);
    return 0;
  }
  if (count == 4 && strcmp(arguments[1], "mutate") == 0) {
    random_seed(2);
    mutate_tree(arguments[2], arguments[3]);
    return 0;
  }
  return usage();
}
