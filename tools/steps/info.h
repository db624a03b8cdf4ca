/* What a layer holds: gathered feature by feature. */
#ifndef STEPS_INFO_H
#define STEPS_INFO_H

#include <pthread.h>

#include "geo/geo.h"
#include "steps/findings.h"

enum { INFO_SAMPLES = 3, INFO_SAMPLE_BYTES = 48, INFO_SHAPES = GEO_SHAPE_COLLECTION + 1 };

struct info_field {
    char *name;
    enum geo_type type;
    uint64_t values, nulls;
    double min, max; /* of numbers */
    size_t sample_count;
    char sample[INFO_SAMPLES][INFO_SAMPLE_BYTES]; /* the first different texts */
};

struct info_extent {
    double min_x, min_y, max_x, max_y; /* min > max: nothing yet */
};

struct info {
    uint64_t features, vertices, by_shape[INFO_SHAPES];
    uint64_t empty;      /* geometries without a vertex */
    uint64_t duplicates; /* features whose geometry an earlier one has, vertex for vertex */
    uint64_t repaired, skipped;
    struct info_extent raw, lonlat; /* in the layer's CRS, and in degrees */
    bool is_raw;                    /* it cannot be brought to degrees */
    struct info_field *field;
    size_t field_count;
    uint64_t *hash; /* open addressing: hashes of the geometries so far; 16 bytes a feature */
    size_t hash_room, hash_count;
    struct findings findings;
    struct geo_ranking *ranking; /* against a reference, owned; NULL: none is given */
    pthread_mutex_t lock;        /* of raw, which the workers gather */
};

void info_init(struct info *info);
void info_release(struct info *info);

/* The step that gathers the extent in the layer's own CRS. */
struct geo_step info_step(struct info *info);

/* The consumer that gathers all else. */
struct geo_consumer info_consumer(struct info *info);

#endif
