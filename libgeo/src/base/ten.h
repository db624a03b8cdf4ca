/* Powers of ten that are exact. */
#ifndef GEO_BASE_TEN_H
#define GEO_BASE_TEN_H

#include <stdint.h>

/* As doubles. */
#define GEO_TEN_REAL_MAX 22
static const double geo_ten_real[GEO_TEN_REAL_MAX + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* In 64 bits. */
#define GEO_TEN_MAX 19
static const uint64_t geo_ten[GEO_TEN_MAX + 1] = {1u,
                                                  10u,
                                                  100u,
                                                  1000u,
                                                  10000u,
                                                  100000u,
                                                  1000000u,
                                                  10000000u,
                                                  100000000u,
                                                  1000000000u,
                                                  10000000000u,
                                                  100000000000u,
                                                  1000000000000u,
                                                  10000000000000u,
                                                  100000000000000u,
                                                  1000000000000000u,
                                                  10000000000000000u,
                                                  100000000000000000u,
                                                  1000000000000000000u,
                                                  10000000000000000000u};

#endif
