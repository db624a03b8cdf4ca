/** @file api.h
 *  What libgeo exports, and what a caller may not ignore.
 */
#ifndef GEO_API_H
#define GEO_API_H

#define GEO_API __attribute__((visibility("default")))
#define GEO_MUST_USE __attribute__((warn_unused_result))
#define GEO_PRINTF(text, args) __attribute__((format(printf, text, args)))

#endif
