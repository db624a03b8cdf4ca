/* ESRI Shapefile Technical Description (1998); dBASE III. Written directly, with no library. */
#include "bench/parcels.h"

#include <math.h>
#include <string.h>

#include "bench/file.h"
#include "bench/shapes.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "doubles are written as they lie");

enum { CONTENT_BYTES = 44 + 4 + 16 * BENCH_PARCEL_VERTICES, HEADER_BYTES = 100, ROW_BYTES = 62 };

struct box {
    double west, south, east, north;
};

struct layer {
    struct bench_file shp, shx, dbf;
    size_t n;
    struct box box;
};

static const struct {
    char name[11];
    char type;
    unsigned char width, decimals;
} columns[] = {
    {"ID", 'N', 10, 0}, {"NAME", 'C', 24, 0}, {"LANDUSE", 'C', 8, 0}, {"AREA_DECL", 'N', 19, 4}};

static void put_big(unsigned char *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (unsigned char)(value >> (24 - 8 * i));
}

static void put_little(unsigned char *to, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        to[i] = (unsigned char)(value >> (8 * i));
}

static struct box box_of(const struct geo_lonlat *ring)
{
    struct box box = {ring[0].lon, ring[0].lat, ring[0].lon, ring[0].lat};
    for (int i = 1; i < BENCH_PARCEL_VERTICES; i++) {
        box.west = fmin(box.west, ring[i].lon);
        box.south = fmin(box.south, ring[i].lat);
        box.east = fmax(box.east, ring[i].lon);
        box.north = fmax(box.north, ring[i].lat);
    }
    return box;
}

static struct box joined(struct box a, struct box b)
{
    return (struct box){fmin(a.west, b.west), fmin(a.south, b.south), fmax(a.east, b.east),
                        fmax(a.north, b.north)};
}

static void write_header(struct bench_file *file, size_t bytes, struct box box)
{
    unsigned char header[HEADER_BYTES] = {0};
    put_big(header, 9994);
    put_big(header + 24, (uint32_t)(bytes / 2));
    put_little(header + 28, 1000, 4);
    put_little(header + 32, 5, 4);
    memcpy(header + 36, &box, sizeof box);
    bench_write(file, header, sizeof header);
}

/* Rows' parts come first in columns[]: the byte before them is the mark of a deleted row. */
static void write_table_header(struct bench_file *file, size_t n)
{
    size_t count = sizeof columns / sizeof *columns;
    unsigned char header[32] = {3, 123, 1, 1};
    put_little(header + 4, (uint32_t)n, 4);
    put_little(header + 8, (uint32_t)(32 + 32 * count + 1), 2);
    put_little(header + 10, ROW_BYTES, 2);
    bench_write(file, header, sizeof header);
    for (size_t c = 0; c < count; c++) {
        unsigned char column[32] = {0};
        memcpy(column, columns[c].name, sizeof columns[c].name);
        column[11] = (unsigned char)columns[c].type;
        column[16] = columns[c].width;
        column[17] = columns[c].decimals;
        bench_write(file, column, sizeof column);
    }
    bench_write(file, "\r", 1);
}

static void write_record(struct layer *layer, size_t i, const struct geo_lonlat *ring)
{
    unsigned char record[8 + CONTENT_BYTES] = {0}, index[8];
    struct box box = box_of(ring);
    put_big(record, (uint32_t)(i + 1));
    put_big(record + 4, CONTENT_BYTES / 2);
    put_little(record + 8, 5, 4);
    memcpy(record + 12, &box, sizeof box);
    put_little(record + 44, 1, 4);
    put_little(record + 48, BENCH_PARCEL_VERTICES, 4);
    memcpy(record + 56, ring, BENCH_PARCEL_VERTICES * sizeof *ring);
    bench_write(&layer->shp, record, sizeof record);

    put_big(index, (uint32_t)((HEADER_BYTES + i * sizeof record) / 2));
    put_big(index + 4, CONTENT_BYTES / 2);
    bench_write(&layer->shx, index, sizeof index);
    layer->box = i ? joined(layer->box, box) : box;
}

static void write_row(struct layer *layer, size_t i, double declared_m2)
{
    bench_print(&layer->dbf, " %10zu%-24s%-8s%19.4f", i, i % 3 ? "Thua dat so mot" : "Khu dan cu",
                i % 2 ? "ONT" : "LUC", declared_m2);
}

/* Clockwise, as shapefiles have their exteriors. In order from south to north, a thousand a row. */
static void draw(struct bench_random *random, size_t i, size_t n, struct geo_lonlat *ring)
{
    double row = (double)(i / 1000) / (double)(n / 1000 + 1);
    struct bench_star star = {.n = BENCH_PARCEL_VERTICES - 1, .radius_m = 50, .least = 0.6};
    star.centre.lat = 8.5 + 14.5 * row + bench_between(random, 0, 0.01);
    star.centre.lon = bench_between(random, 102, 109);
    bench_star_ring(random, &star, ring);
    for (int a = 0, b = BENCH_PARCEL_VERTICES - 1; a < b; a++, b--) {
        struct geo_lonlat vertex = ring[a];
        ring[a] = ring[b];
        ring[b] = vertex;
    }
}

static void write_headers(struct layer *layer)
{
    bench_rewind(&layer->shp);
    write_header(&layer->shp, HEADER_BYTES + layer->n * (8 + CONTENT_BYTES), layer->box);
    bench_rewind(&layer->shx);
    write_header(&layer->shx, HEADER_BYTES + layer->n * 8, layer->box);
}

static void write_crs(const char *stem)
{
    struct bench_file prj = bench_create(stem, ".prj");
    bench_print(&prj, "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\","
                      "6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],"
                      "UNIT[\"Degree\",0.0174532925199433]]");
    bench_close(&prj);
}

void bench_write_parcels(const char *stem, size_t n, uint64_t seed)
{
    struct layer layer = {.n = n};
    layer.shp = bench_create(stem, ".shp");
    layer.shx = bench_create(stem, ".shx");
    layer.dbf = bench_create(stem, ".dbf");
    write_headers(&layer);
    write_table_header(&layer.dbf, n);
    struct bench_random random;
    bench_seed(&random, seed);
    for (size_t i = 0; i < n; i++) {
        struct geo_lonlat ring[BENCH_PARCEL_VERTICES];
        draw(&random, i, n, ring);
        write_record(&layer, i, ring);
        write_row(&layer, i, bench_between(&random, 0, 5000));
    }
    bench_write(&layer.dbf, "\x1a", 1);
    write_headers(&layer);
    bench_close(&layer.shp);
    bench_close(&layer.shx);
    bench_close(&layer.dbf);
    write_crs(stem);
}
