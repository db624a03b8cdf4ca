/** @file geo.h
 *  Everything. Data flows one way: read, repair, index, measure, write; stream drives them.
 */
#ifndef GEO_GEO_H
#define GEO_GEO_H

#include "geo/batch.h"
#include "geo/crs.h"
#include "geo/ctx.h"
#include "geo/index.h"
#include "geo/measure.h"
#include "geo/read.h"
#include "geo/repair.h"
#include "geo/share.h"
#include "geo/status.h"
#include "geo/stream.h"
#include "geo/text.h"
#include "geo/within.h"
#include "geo/write.h"

#endif
