/** @file read.h
 *  Read: features of any vector source as batches, in input order.
 *
 *  A source is one or several inputs read one after the other: files and databases that GDAL opens,
 *  GeoJSON documents and lines (files and "-", standard input) by our own streaming reader, or a
 *  batch in memory. Batches hold about a thousand features or 65,536 vertices, whichever comes
 *  first, never features of two inputs, and do not depend on the number of threads.
 *  A source is used by one thread at a time, but for geo_source_load(), which many may call at once.
 *  Of lines of GeoJSON a batch also ends with the line that makes it a MiB of text.
 */
#ifndef GEO_READ_H
#define GEO_READ_H

#include "geo/batch.h"

#ifdef __cplusplus
extern "C" {
#endif

struct geo_source;

/** What to read, and how. Zero is the default of every member. */
struct geo_read_options {
    const char *layer;  /**< layer of a source that has several */
    const char *where;  /**< attribute filter in OGR SQL, UTF-8, over all columns: features that do
                              not pass arrive dropped. See geo_batch_filter() */
    const char *select; /**< comma-separated names of the columns to keep */
    const char *src_crs; /**< overrides the stated CRS: EPSG:…, WKT, a PROJ string, or vn2000:105.00
                              for the official VN-2000 grid (3 degree zone, scale 0.9999, false
                              easting 500 km) on a meridian: 105.50, 105d30 and 105-30 are the same */
    bool swap_axes;      /**< x is north and y east (y is longitude): take one for the other */
    bool trust_prj;      /**< obey the CRS. Else VN-2000 that states no datum shift, or one of
                              zero, is taken with the official one, EPSG:6960, and a note, and a
                              layer far from the area where its CRS is used is refused */
    bool any_crs;        /**< a CRS that is missing or does not fit is no failure: the coordinates
                              stay as they are, see geo_origin_info.crs_fault */
    bool any_text;       /**< text that cannot be decoded is no failure: it is read as far as it
                              can be, U+FFFD for the rest, see geo_origin_info.text_fault */
    unsigned fix;        /**< GEO_FIX_… : take what geo_crs_judge() proposes, with a note */
    const char *encoding; /**< overrides the stated text encoding: a name iconv knows, or VNI;
                               of several inputs, of those whose text is not always UTF-8 */
    const char *const *open_options; /**< KEY=VALUE for GDAL's driver, NULL-terminated */
    bool fixed_columns; /**< know all columns before the first batch: standard input is spooled to a
                             temporary file and read twice, unless its first line states them */
    const char *crs_option;      /**< the option that sets src_crs, as messages name it: "-s" */
    const char *layer_option;    /**< the option that sets layer, likewise: "-l" */
    const char *encoding_option; /**< the option that sets encoding, likewise: "--encoding" */
};

/** What geo_read_options.fix repairs, by the extent of the layer; by that of its first feature where
 *  GeoJSON states none. */
#define GEO_FIX_CRS 1u  /**< the CRS; GEO_ECRS where a fault is found, but not what is right */
#define GEO_FIX_AXES 2u /**< the order of the axes */
/** Text: an encoding that a file states, but that is not its text's, gives way to the one that is;
 *  words in the small letters of a TCVN3 font of capitals (.VnTimeH) become capitals, with notes;
 *  text that is mostly UTF-8 is that where it can be, and of the encoding that the rest is in, or
 *  that is said, elsewhere; text of any format that was decoded as windows-1252 before it was stored
 *  as UTF-8 is restored, but for names of fields. Files are read twice for that, up to 65,536 rows,
 *  as with any_text, which finds it; streams are not. */
#define GEO_FIX_TEXT 4u

/** Opens @p n inputs as one source.
 *
 *  Our own reader takes "-", a FIFO or a character device of any name, and files whose name ends in
 *  .geojson, .geojsonl, .geojsons, .geojsonseq or .ndjson; GDAL takes the rest, and all files with
 *  open options. Plain shapefiles (local files; fields of type C, N, F, D and L) are opened by GDAL
 *  and then read by ourselves, in as many threads as there are; of their features GDAL reads only
 *  those that are not as simple as that, such as polygons with several exteriors.
 *
 *  A CSV's geometries come from its column of WKT (wkt, geom, geometry, the_geom, wkt_geom or
 *  geom_wkt, in any case), wherever it stands; without one, from lon and lat, x and y and the like.
 *  What they come from is no attribute. Empty cells of a CSV are null, unless @p
 *  options->open_options has EMPTY_STRING_AS_NULL=NO.
 *
 *  The columns are the union of theirs in order of first appearance, types widened. Text is decoded
 *  to UTF-8 NFC: by @p options->encoding, the .cpg, the DBF's language id, else by the encoding that
 *  it is found to be in. A shapefile's whole .dbf is looked at for that if it has up to 65,536 rows,
 *  64 pieces of 1,024 rows if it has more; of other formats that state none (CSV) the first 65,536
 *  features. It is valid UTF-8; else TCVN3, VNI, windows-1258 or VISCII, if its words are those
 *  of Vietnamese with a probability of 0.999; else what libuchardet says of all of it and of its
 *  parts. Text that may be several, or is mixed, is GEO_ETEXT with the readings.
 *
 *  @param[in]  path     n paths, URLs or connection strings as GDAL takes them; "-" is standard
 *                       input, once
 *  @param[out] source   the caller closes it with geo_source_close()
 *  @retval GEO_OK
 *  @retval GEO_EARG   several layers and no @p options->layer (the message lists them), no such
 *                     layer, no such encoding, or one for the only input, which is always UTF-8,
 *                     a filter or column that does not fit (the message lists the columns),
 *                     a src_crs that is mistyped: vn2000: without a meridian there is, a number
 *  @retval GEO_EREAD  missing, empty, a directory, not a data set, without its .shx or .dbf, or
 *                     truncated
 *  @retval GEO_ECRS   no CRS is known for an input, or only a ballpark transformation to WGS 84, or
 *                     its extent does not fit: geo_crs_judge() finds an error, which the message
 *                     states with its evidence and remedy. What it warns of stands in the input's
 *                     note. Where the extent does not fit, but half of the first features do, one
 *                     feature is in a wrong place, and not the layer. An extent that only a scan
 *                     can tell is judged by the first batch with coordinates
 *  @retval GEO_ETEXT  field names cannot be decoded, or it cannot be told which encoding text is in
 *  @retval GEO_ENOMEM
 */
GEO_API GEO_MUST_USE enum geo_status geo_source_open(struct geo_ctx *ctx, const char *const *path,
                                                     size_t n,
                                                     const struct geo_read_options *options,
                                                     struct geo_source **source);

/** A source that gives @p batch, once, as it is (coordinates on WGS 84).
 *  @param[in] batch  taken: the source frees it, on failure too */
GEO_API GEO_MUST_USE enum geo_status geo_source_of_batch(struct geo_ctx *ctx,
                                                         struct geo_batch *batch,
                                                         struct geo_source **source);

/** What geo_source_claim() has set aside for geo_source_load(). Callers only hand it on. */
struct geo_claim {
    bool is_loaded;   /**< the batch is whole already: its input cannot be read in two halves */
    size_t input;     /**< of the source */
    uint64_t seq;     /**< of the batch */
    int64_t first, n; /**< rows of the input, some of which may be deleted */
    int64_t note_fid; /**< the feature with the note that stands once in a run; -1: none */
    void *part;       /**< what else its input has set aside; the source's */
};

/** Claims the next batch: the cheap half of reading, for the one thread whose turn it is. Where an
 *  input can be read by several threads at once (a plain shapefile, GeoJSON a feature a line), only
 *  the range of its features or of its text is set aside; of any other the batch is read here.
 *
 *  @param[out] batch  as for geo_source_next(), but empty unless @p claim is loaded
 *  @param[out] claim  for geo_source_load()
 *  @retval as geo_source_next()
 */
GEO_API GEO_MUST_USE enum geo_status geo_source_claim(struct geo_ctx *ctx,
                                                      struct geo_source *source,
                                                      struct geo_batch *batch,
                                                      struct geo_claim *claim);

/** Loads a claimed batch: the other half, on any thread, with others claiming and loading from the
 *  same source meanwhile. Every batch that was claimed must be loaded, and a thread loads in the
 *  order of its claims: what features bring in columns is united in that order, so that a load may
 *  wait for those of the batches before.
 *
 *  @param[in,out] batch  the one that was claimed; its memory serves as a buffer
 *  @retval as geo_source_next(), but GEO_END
 */
GEO_API GEO_MUST_USE enum geo_status geo_source_load(struct geo_ctx *ctx, struct geo_source *source,
                                                     const struct geo_claim *claim,
                                                     struct geo_batch *batch);

/** Reads the next batch: claims and loads it.
 *
 *  @param[out] batch  cleared, then filled: features with raw coordinates in the CRS of
 *                     batch->origin. The first batch comes even if the source has no features, so
 *                     that its columns are known; any may be empty, where all its features are
 *                     deleted.
 *  @retval GEO_OK     one batch
 *  @retval GEO_END    there is none left; batch is empty
 *  @retval GEO_EREAD  the input ends early, is not what it says, or is not valid JSON (line and
 *                     column are named); also a stream that an upstream tool left unfinished
 *  @retval GEO_ETEXT  text that is not in the encoding stated (field and feature are named)
 *  @retval GEO_ECRS   the first batch with coordinates does not fit the CRS, of an input that
 *                     states no extent; a "crs" that comes too late
 *  @retval GEO_ENOMEM
 *
 *  Features with a coordinate that is not finite are dropped with a note.
 */
GEO_API GEO_MUST_USE enum geo_status geo_source_next(struct geo_ctx *ctx, struct geo_source *source,
                                                     struct geo_batch *batch);

/** Frees @p source. NULL is allowed. Batches that came from it must not be used any more. */
GEO_API void geo_source_close(struct geo_ctx *ctx, struct geo_source *source);

/** @return the number of features if every input states it without a scan, else -1. */
GEO_API int64_t geo_source_count(const struct geo_source *source);

/** What is known of one input of a source. Borrowed from the source. */
struct geo_origin_info {
    const char *name;      /**< "zones.shp", with ":layer" where the file has several; "-" */
    const char *driver;    /**< GDAL's short name, or "GeoJSON" */
    const char *layer;     /**< name of the layer */
    const char *crs;       /**< "EPSG:5897", else the name of the CRS */
    const char *operation; /**< how it is brought to WGS 84 ("EPSG:6960 …"); "" if it is there */
    double accuracy_m;     /**< stated accuracy of that operation; 0 if exact, < 0 if not known */
    const char *encoding;  /**< of the text as it was read, "UTF-8" by default */
    int edges;             /**< enum geo_edges if the input states it, else -1 */
    bool streamed;         /**< it began with our member `geo` */
    const char
        *crs_note; /**< what was taken in place of the stated CRS and why, and what is doubtful of
                        the one that is taken; "" if there is nothing to say */
    const char *crs_fault;  /**< with any_crs: why there is no way to WGS 84; "" if there is one */
    const char *text_fault; /**< with any_text: why text cannot be told or decoded; "" if it can.
                                 May be set while features are read */
    const char *text_doubt; /**< why the encoding that is stated and was obeyed is not the text's;
                                 "" if it is */
    const char *text_note;  /**< how the text was taken if no-one stated it, or what was stated is
                                doubtful; "" if there is nothing to say. See geo_text_findings() */
};

/** @return what is known of @p origin; all members are set. */
GEO_API struct geo_origin_info geo_origin_info(const struct geo_origin *origin);

/** @return how many inputs a source has. */
GEO_API size_t geo_source_inputs(const struct geo_source *source);

/** @return input @p i of a source, borrowed. */
GEO_API const struct geo_origin *geo_source_input(const struct geo_source *source, size_t i);

/** Brings a batch from the CRS of its origin to WGS 84 longitude and latitude, in place.
 *
 *  One operation for the whole layer, the best that PROJ knows for its extent, found when the
 *  source was opened. Features whose coordinates do not transform, or whose latitude is outside
 *  [-90, 90] or longitude outside [-540, 540], are dropped with a note. Nothing to do for layers on
 *  WGS 84.
 *  Operations without grids go by polynomials over tiles of 65 km (half a degree), 20 ns a vertex:
 *  within 1e-12° (0.1 µm) of where PROJ takes the vertex, held against PROJ tile by tile when the
 *  source is opened (70 µs a tile). Vertices outside the stated extent, layers of more than 512
 *  tiles or without an extent, and tiles that are not so close (beyond about 75° of latitude) go by
 *  PROJ, 450 ns a vertex.
 *
 *  @retval GEO_OK, GEO_ENOMEM
 *  @retval GEO_ECRS  the operation cannot be made by this context
 */
GEO_API GEO_MUST_USE enum geo_status geo_batch_to_wgs84(struct geo_ctx *ctx,
                                                        struct geo_batch *batch);

/** Drops the features for which an OGR SQL filter does not hold (no note: they were not asked for).
 *  @param[in] where  such as "kind = 'KCN' AND plan_ha > 100", UTF-8
 *  @retval GEO_OK, GEO_ENOMEM
 *  @retval GEO_EARG  the filter is malformed or names a column that the batch has not
 *  Builds a table in memory for each batch: about 2 µs a feature and column.
 */
GEO_API GEO_MUST_USE enum geo_status geo_batch_filter(struct geo_ctx *ctx, struct geo_batch *batch,
                                                      const char *where);

#ifdef __cplusplus
}
#endif

#endif
