#include "random.h"

#include <math.h>

static uint64_t state[2];

// splitmix64: spreads a small seed over all bits of the state.
static uint64_t spread(uint64_t *seed) {
  uint64_t z = *seed += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

void random_seed(uint64_t seed) {
  state[0] = spread(&seed);
  state[1] = spread(&seed);
}

uint64_t random_bits(void) {
  uint64_t a = state[0];
  const uint64_t b = state[1];
  state[0] = b;
  a ^= a << 23;
  state[1] = a ^ b ^ (a >> 17) ^ (b >> 26);
  return state[1] + b;
}

uint64_t random_below(uint64_t limit) { return random_bits() % limit; }

double random_unit(void) { return (double)(random_bits() >> 11) / 9007199254740992.0; }

double random_normal(void) {
  const double radius = sqrt(-2 * log(1 - random_unit()));
  return radius * cos(2 * M_PI * random_unit());
}
