/* oracle-buffer CORRIDORS POLYGONS RADIUS EPSILON: whether B(r - e) is in the first polygon shape
 * and that is in B(r + e): its outline sampled every 50 m, and points at r - 2e and r + 2e round
 * every segment and cap. Prints what it found; exit status 1 if the bound is broken.
 * With a fifth argument the file's shape of that number is judged (from 0). */
#include "oracle.h"

struct verdict {
    double inside_m, outside_m; /* worst distances of the outline from the true one */
    size_t samples, points, wrong;
};

/* The outline, its edges read both as geodesics and as straight in longitude and latitude. */
static void judge_outline(const struct shapes *corridors, const struct shapes *polygons,
                          size_t shape, double radius_m, struct verdict *v)
{
    for (size_t i = 0; i < polygons->n; i++) {
        const struct edge *e = &polygons->edge[i];
        if (e->shape != shape)
            continue;
        size_t steps = (size_t)(e->length_m / 50) + 3;
        for (size_t k = 0; k < steps; k++) {
            double t = (double)k / (double)steps;
            struct point read[2] = {
                along(e, t * e->length_m),
                {e->a.lon + t * (e->b.lon - e->a.lon), e->a.lat + t * (e->b.lat - e->a.lat)}};
            for (int r = 0; r < 2; r++) {
                double off = distance_to_shapes(read[r], corridors) - radius_m;
                v->outside_m = fmax(v->outside_m, off);
                v->inside_m = fmax(v->inside_m, -off);
                v->samples++;
            }
        }
    }
}

/* A point at a distance of r + off: inside if off < 0. It may be nearer to another segment. */
static void judge_point(const struct shapes *corridors, const struct shapes *polygons, size_t shape,
                        struct point p, double radius_m, double epsilon_m, struct verdict *v)
{
    double d = distance_to_shapes(p, corridors);
    if (fabs(d - radius_m) < epsilon_m)
        return; /* within the bound either way */
    v->points++;
    v->wrong += lies_in(p, polygons, shape) != (d < radius_m);
}

static void judge_round(const struct shapes *corridors, const struct shapes *polygons, size_t shape,
                        double radius_m, double epsilon_m, struct verdict *v)
{
    for (size_t i = 0; i < corridors->n; i++) {
        const struct edge *e = &corridors->edge[i];
        for (int k = 0; k <= 10; k++) {
            double lat, lon, azimuth;
            struct point on;
            geod_position(&e->line, e->length_m * k / 10, &lat, &lon, &azimuth);
            on = (struct point){lon, lat};
            for (int side = 0; side < 8; side++)
                for (int sign = -1; sign <= 1; sign += 2)
                    judge_point(corridors, polygons, shape,
                                direct(on, azimuth + 45 * side, radius_m + 2 * sign * epsilon_m),
                                radius_m, epsilon_m, v);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 5 && argc != 6)
        return 2;
    geod_init(&earth, 6378137, 1 / 298.257223563);
    struct shapes corridors = read_shapes(argv[1]), polygons = read_shapes(argv[2]);
    double radius_m = atof(argv[3]), epsilon_m = atof(argv[4]);
    size_t shape = argc == 6 ? (size_t)atoi(argv[5]) : 0;
    struct verdict v = {0};
    judge_outline(&corridors, &polygons, shape, radius_m, &v);
    judge_round(&corridors, &polygons, shape, radius_m, epsilon_m, &v);
    printf("outline %.4f m inside, %.4f m outside at %zu samples; %zu of %zu points wrong\n",
           v.inside_m, v.outside_m, v.samples, v.wrong, v.points);
    free(corridors.edge);
    free(polygons.edge);
    return v.inside_m > epsilon_m || v.outside_m > epsilon_m || v.wrong || !v.samples || !v.points;
}
