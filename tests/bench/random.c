#include "bench/random.h"

#include <math.h>

void bench_seed(struct bench_random *random, uint64_t seed)
{
    uint64_t z = seed + 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    random->state = (z ^ (z >> 31)) | 1;
}

double bench_uniform(struct bench_random *random)
{
    uint64_t x = random->state;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    random->state = x;
    return (double)(x >> 11) * 0x1p-53;
}

double bench_between(struct bench_random *random, double low, double high)
{
    return low + (high - low) * bench_uniform(random);
}

unsigned bench_choice(struct bench_random *random, unsigned n)
{
    return (unsigned)(bench_uniform(random) * n);
}

double bench_normal(struct bench_random *random)
{
    double radius = sqrt(-2 * bench_log(1 - bench_uniform(random)));
    return radius * bench_cos(2 * BENCH_PI * bench_uniform(random));
}

/* Taylor series about 0 of sine (odd) or cosine (even), for |x| <= pi/4: the next term is 1e-17. */
static double series(double x, int first_power)
{
    double term = first_power ? x : 1, sum = term;
    for (int power = first_power + 2; power <= 17; power += 2) {
        term *= -x * x / (power * (power - 1));
        sum += term;
    }
    return sum;
}

/* Sine of x + quarters * pi/2. */
static double sine(double x, int quarters)
{
    double turn = floor(x / (BENCH_PI / 2) + 0.5), rest = x - turn * (BENCH_PI / 2);
    unsigned quadrant = (unsigned)((int)turn + quarters) & 3;
    double value = series(rest, quadrant & 1 ? 0 : 1);
    return quadrant & 2 ? -value : value;
}

double bench_sin(double x)
{
    return sine(x, 0);
}

double bench_cos(double x)
{
    return sine(x, 1);
}

double bench_log(double x)
{
    int exponent;
    double m = frexp(x, &exponent), z = (m - 1) / (m + 1), power = z, sum = 0;
    for (int k = 1; k <= 29; k += 2) { /* 2 atanh z, |z| <= 1/3 */
        sum += power / k;
        power *= z * z;
    }
    return 2 * sum + exponent * 0.693147180559945309417;
}
