/* What geo-info says of a layer's text. */
#ifndef STEPS_INFO_TEXT_H
#define STEPS_INFO_TEXT_H

#include "geo/geo.h"
#include "steps/findings.h"

/* Adds what was found of the text when the layer was opened. GEO_OK, GEO_ENOMEM. */
enum geo_status info_add_text(struct findings *findings, const struct geo_origin *origin);

#endif
