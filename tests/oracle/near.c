/* oracle-near FEATURES CORRIDORS: a line for each feature: least distance in metres to each
 * corridor shape, blanks between. Two shapes that cross, or of which one lies in the other, have
 * distance 0: found by sampling each edge every 5 m. */
#include "oracle.h"

static double least(const struct shapes *features, size_t f, const struct shapes *corridors,
                    size_t c)
{
    double best = INFINITY;
    for (size_t i = 0; i < features->n; i++) {
        const struct edge *e = &features->edge[i];
        if (e->shape != f)
            continue;
        for (size_t k = 0; k < corridors->n; k++) {
            const struct edge *g = &corridors->edge[k];
            if (g->shape != c)
                continue;
            best = fmin(best, distance_to_edge(e->a, g, best));
            best = fmin(best, distance_to_edge(e->b, g, best));
            best = fmin(best, distance_to_edge(g->a, e, best));
            best = fmin(best, distance_to_edge(g->b, e, best));
        }
    }
    return best;
}

static bool samples_lie_in(const struct shapes *lines, size_t line, const struct shapes *polygons,
                           size_t polygon)
{
    for (size_t i = 0; polygons->polygon && i < lines->n; i++) {
        const struct edge *e = &lines->edge[i];
        for (double s = 0; e->shape == line && s <= e->length_m; s += 5)
            if (lies_in(along(e, s), polygons, polygon))
                return true;
    }
    return false;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    geod_init(&earth, 6378137, 1 / 298.257223563);
    struct shapes features = read_shapes(argv[1]), corridors = read_shapes(argv[2]);
    for (size_t f = 0; f < features.count; f++) {
        for (size_t c = 0; c < corridors.count; c++) {
            bool meet = samples_lie_in(&corridors, c, &features, f) ||
                        samples_lie_in(&features, f, &corridors, c);
            printf("%s%.9f", c ? " " : "", meet ? 0 : least(&features, f, &corridors, c));
        }
        putchar('\n');
    }
    free(features.edge);
    free(corridors.edge);
    return 0;
}
