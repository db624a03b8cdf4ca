/* Text that was decoded wrongly before it was stored as UTF-8: bytes of TCVN3 taken for windows-1252
 * are Hµ Néi for good, unless the way is gone back. */
#ifndef GEO_READ_MISREAD_H
#define GEO_READ_MISREAD_H

#include "read/input.h"

/* Whether an input whose text is UTF-8 has been misread so: its rows are read once more for that, up
 * to 65,536. Adds a finding; with GEO_FIX_TEXT, a note, and the input's decoder, by which
 * geo_restore_batch() goes. Streams cannot be read twice and are left alone. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_find_misread(struct geo_ctx *ctx, const char *path,
                                 const struct geo_read_options *options, struct geo_input *input);

/* Restores the text of a batch, with notes. A text that no bytes of windows-1252 can have given is
 * left as it is. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_restore_batch(struct geo_ctx *ctx, const struct geo_input *input,
                                  struct geo_batch *batch);

#endif
