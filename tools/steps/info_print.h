/* The forms of geo-info. */
#ifndef STEPS_INFO_PRINT_H
#define STEPS_INFO_PRINT_H

#include "steps/info.h"

/* Print one layer to standard output; is_first: before any other. */
void info_print_text(const struct info *info, const struct geo_origin_info *origin, bool is_first);
void info_print_json(const struct info *info, const struct geo_origin_info *origin, bool is_first);

/* Closes the array that info_print_json() began. */
void info_print_json_end(void);

#endif
