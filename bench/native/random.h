// Reproducible random numbers: xorshift128+ with a fixed seed. The same seed makes the same tree everywhere.
#pragma once

#include <stdint.h>

void random_seed(uint64_t seed);

uint64_t random_bits(void);

// A whole number in [0, limit).
uint64_t random_below(uint64_t limit);

// A number in [0, 1).
double random_unit(void);

// A number of the standard normal distribution.
double random_normal(void);
