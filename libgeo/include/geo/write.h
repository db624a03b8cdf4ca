/** @file write.h
 *  Write: features as GeoJSON (RFC 7946), GeoJSON lines, CSV, or any vector format of GDAL.
 *
 *  Outputs appear whole or not at all: a file is written in a private directory beside its target
 *  (.NAME.XXXXXX/, without the extension where GDAL writes it) and renamed into place by
 *  geo_sink_finish(), the .shp last. Symbolic links to files are followed. Standard output, devices
 *  and pipes are written directly, by our own formats only.
 *  geo_sink_encode() may run on many threads at once; geo_sink_emit() gets the batches in order.
 *
 *  GeoJSON: a document has one feature a line; in lines the newline is written before each further
 *  feature and after the last one only by geo_sink_finish(), so that a stream that was cut ends
 *  unterminated. An empty layer is an empty FeatureCollection. The member `geo` (provenance, and
 *  the types of the columns) stands in the collection, or in the first line. Coordinates are
 *  rounded to the precision; of neighbouring positions that are equal then, one is written. A ring
 *  that would keep fewer than four positions, or a line fewer than two, is written with 12 decimals
 *  and all its vertices instead. Reals are the shortest decimals that read back, with a point or an
 *  exponent; integers are exact.
 *
 *  CSV (RFC 4180, lines end in a newline, for Excel in CR LF): a header; the attributes; then `lon`
 *  and `lat` if all features of the first batch that has any are points and no attribute has these
 *  names, else the geometry as WKT in `wkt`. Nothing is null, "" an empty text.
 *
 *  Formats of GDAL: text that is too long for a shapefile is cut between characters and a value
 *  that does not fit its column is left empty, each with a note; so is a null number that a format
 *  (MapInfo) can only write as 0. MapInfo holds names in ASCII only: they lose their marks. The type of the layer is the Multi…
 *  type of the first batch that has geometries if they are all of one kind, else any; a feature
 *  that the layer cannot take is skipped with a note.
 *
 *  In tables (CSV and GDAL's formats) the `id` of GeoJSON features is a column, unless an attribute
 *  has that name.
 */
#ifndef GEO_WRITE_H
#define GEO_WRITE_H

#include "geo/batch.h"

#ifdef __cplusplus
extern "C" {
#endif

struct geo_sink;

/** What the output says of how it was made: the member `geo` of GeoJSON. */
struct geo_provenance {
    const char *tool;      /**< "geo-area 0.1.0" */
    enum geo_edges edges;  /**< how edges were taken */
    double accuracy_m;     /**< worst stated accuracy of the operations to WGS 84; 0 if exact */
    const char *operation; /**< those operations, "" if none */
};

/** Where to write, and how. Zero is the default of every member. */
struct geo_write_options {
    const char *path;    /**< a file; NULL or "-": standard output */
    const char *format;  /**< "geojson", "geojsonl", "csv", or a short name of GDAL's drivers; NULL:
                              by the extension of @p path (.geojson .json .geojsonl .geojsons .ndjson
                              .csv .gpkg .shp .fgb …), GeoJSON lines for standard output */
    const char *layer;   /**< name of the layer; NULL: the name of the file */
    const char *dst_crs; /**< CRS of the output where the format has one; NULL: WGS 84 */
    const char *const *layer_options; /**< KEY=VALUE for GDAL's driver, NULL-terminated */
    int precision; /**< decimals of degrees; 0: 7 in files, 12 in GeoJSON lines to a pipe. A feature
                        with a polygon that might cross or touch itself or another one of the
                        feature, once rounded to fewer than 12, is written with 12 decimals: so a
                        valid polygon stays valid. One that lies on these decimals already stays as
                        it is. A format of GDAL keeps the doubles */
    bool precision_set; /**< @p precision is meant, be it 0 */
    bool overwrite; /**< an existing file is replaced, and its sidecars (.dbf, .qix, -wal, …) */
    bool bbox;      /**< each feature of GeoJSON gets its bbox */
    bool excel;     /**< CSV with a byte order mark and semicolons */
    bool style;     /**< geo_sink_set_style() will follow */
    struct geo_provenance provenance;
};

/** Opens a sink. Nothing is visible at the target before geo_sink_finish().
 *
 *  @param[out] sink  closed by geo_sink_finish() or geo_sink_abandon()
 *  @retval GEO_OK
 *  @retval GEO_EARG    the file or a sidecar of it exists and overwrite is not set, the path is a
 *                      folder, the extension or format is not known, a format of GDAL to a pipe,
 *                      GeoJSON or CSV in another CRS, a precision outside 0 to 15, a layer option
 *                      that the driver has not, a style for standard output, a device or a table
 *                      (CSV, XLSX, ODS), or one whose NAME.qml exists and overwrite is not set
 *  @retval GEO_EWRITE  the folder cannot be written
 *  @retval GEO_ECRS    dst_crs is not known, or only a ballpark operation leads there
 *  @retval GEO_ENOMEM
 */
GEO_API GEO_MUST_USE enum geo_status geo_sink_open(struct geo_ctx *ctx,
                                                   const struct geo_write_options *options,
                                                   struct geo_sink **sink);

/** @return whether what these options open must know all columns with its first batch: every format
 *  but GeoJSON and its lines. Looks at path and format only. */
GEO_API bool geo_write_needs_columns(const struct geo_write_options *options);

/** @return the private directory that an interrupt must remove, NULL if there is none. Constant
 *  until the sink is closed. */
GEO_API const char *geo_sink_directory(const struct geo_sink *sink);

/** Encodes a batch for writing: into batch->byte for our own formats, else nothing. Thread-safe: it
 *  reads @p sink only. Features that are dropped are left out; coordinates are wrapped to
 *  [-180, 180] and shapes that cross the antimeridian are cut there (RFC 7946, 3.1.9), where their
 *  edges, as the provenance takes them, cross it; rings round a pole are closed through it. With
 *  dst_crs the batch is brought there, uncut if the antimeridian is no border of that CRS.
 *  A feature that cannot be written (a coordinate is out of range or has no place in dst_crs) is
 *  dropped with a note.
 *  @param[in,out] batch  repaired (geo_batch_repair()): longitudes of a ring are continuous
 *  @retval GEO_OK, GEO_ENOMEM
 *  @retval GEO_ECRS  the operation to dst_crs cannot be made by this context
 *  About 0.4 µs for a polygon of 11 vertices with 4 attributes as GeoJSON. */
GEO_API GEO_MUST_USE enum geo_status geo_sink_encode(struct geo_ctx *ctx,
                                                     const struct geo_sink *sink,
                                                     struct geo_batch *batch);

/** Writes an encoded batch. Batches come in order, one at a time; the first one sets the columns of
 *  a table format, even if it has no features.
 *  @retval GEO_OK, GEO_ENOMEM
 *  @retval GEO_EWRITE  the medium is full or the file cannot be written (a value that a format
 *                      cannot hold is a note, not a failure)
 *  @retval GEO_EPIPE   the reader has closed the pipe */
GEO_API GEO_MUST_USE enum geo_status geo_sink_emit(struct geo_ctx *ctx, struct geo_sink *sink,
                                                   struct geo_batch *batch);

/** Gives the output the style that QGIS shows it with: in a GeoPackage the default one of the layer in
 *  the table layer_styles, as QGIS saves it there; else the file NAME.qml, NAME being the output's
 *  without its extension, which appears with the output. Once, for sinks opened with `style`.
 *  @param[in] qml  the style as XML; copied
 *  @retval GEO_OK, GEO_ENOMEM */
GEO_API GEO_MUST_USE enum geo_status geo_sink_set_style(struct geo_ctx *ctx, struct geo_sink *sink,
                                                        const char *qml);

/** Completes the output, renames it into place and frees @p sink, on failure too (nothing is left
 *  then).
 *  @retval GEO_OK, GEO_ENOMEM, GEO_EWRITE, GEO_EPIPE */
GEO_API GEO_MUST_USE enum geo_status geo_sink_finish(struct geo_ctx *ctx, struct geo_sink *sink);

/** Removes what was written and frees @p sink. NULL is allowed. What went to a pipe stays
 *  unterminated, so that its reader sees that it was cut. */
GEO_API void geo_sink_abandon(struct geo_ctx *ctx, struct geo_sink *sink);

/** What a table format did to the names of columns: one line a change, a newline between two, "" if
 *  it changed none. Borrowed, valid until the next batch or the end of the sink. For example
 *  "near_distance -> near_dista". */
GEO_API const char *geo_sink_remarks(const struct geo_sink *sink);

#ifdef __cplusplus
}
#endif

#endif
