/* What a verdict on text says to people. */
#ifndef GEO_READ_VERDICT_TEXT_H
#define GEO_READ_VERDICT_TEXT_H

#include "read/detect.h"
#include "read/ogr.h"

/* "confidence 0.9998: 41 of 41 different words …; it reads 'Phú Thọ, …'" */
void geo_write_evidence(const struct geo_reading *reading, char *text, size_t room);

/* What the texts that do not read as the rest are, and where the first of them stand. */
void geo_write_rest(const struct geo_ogr *ogr, const struct geo_sample *sample,
                    const struct geo_verdict *verdict, char *text, size_t room);

/* What, evidence and remedy of a verdict that is ambiguous or mixed. */
void geo_write_fault(const struct geo_ogr *ogr, const struct geo_sample *sample,
                     const struct geo_verdict *verdict, struct geo_text_finding *finding);

/* "'ten'", or the number of a field whose name is not ASCII. */
void geo_write_field(const struct geo_ogr *ogr, int field, char *text, size_t room);

#endif
