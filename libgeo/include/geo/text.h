/** @file text.h
 *  Text: how the text of an input was taken, and what is doubtful in it.
 */
#ifndef GEO_TEXT_H
#define GEO_TEXT_H

#include "geo/crs.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A finding on text. Texts are UTF-8, never cut within a character. */
struct geo_text_finding {
    enum geo_severity severity;
    char what[200];     /**< in plain words: "text encoding is not stated; it is TCVN" */
    char evidence[800]; /**< what shows it: confidence, words, a sample */
    char remedy[240];   /**< what to type; "" if there is nothing to do */
};

/** What was found of the text of an input when it was opened: the encoding that no-one stated, one
 *  that is stated but not the text's, columns in a font of capitals.
 *
 *  Text is looked at where no encoding is stated, where a file states another than UTF-8 (4,096 rows
 *  spread over it), and with GEO_FIX_TEXT; @ref geo_source_open() says how much of it.
 *
 *  @param[out] finding  borrowed from the origin
 *  @return how many there are
 */
GEO_API size_t geo_text_findings(const struct geo_origin *origin,
                                 const struct geo_text_finding **finding);

#ifdef __cplusplus
}
#endif

#endif
