/* Seeded numbers that are the same on every machine: nothing but +, -, *, / and sqrt of doubles,
 * which IEEE 754 rounds in one way. The mathematical library's sine and logarithm differ in their
 * last bit between processors. */
#ifndef BENCH_RANDOM_H
#define BENCH_RANDOM_H

#include <stdint.h>

#define BENCH_PI 3.14159265358979323846

/** A stream of numbers: xorshift64 (Marsaglia 2003, shifts 13, 7, 17). */
struct bench_random {
    uint64_t state; /**< never 0 */
};

/** Starts a stream; its state is a splitmix64 of @p seed, so that near seeds give far streams. */
void bench_seed(struct bench_random *random, uint64_t seed);

/** @return uniform in [0, 1), a multiple of 2^-53. */
double bench_uniform(struct bench_random *random);

/** @return uniform in [low, high). */
double bench_between(struct bench_random *random, double low, double high);

/** @return uniform among 0 … n - 1. */
unsigned bench_choice(struct bench_random *random, unsigned n);

/** @return normal, mean 0, deviation 1: the cosine half of Box and Muller (1958). */
double bench_normal(struct bench_random *random);

/** Sine and cosine, error at most 2e-14 for |x| <= 100 radians. */
double bench_sin(double x);
double bench_cos(double x);

/** @return natural logarithm of @p x > 0, error at most 1e-14 of 1 + |it|. */
double bench_log(double x);

#endif
