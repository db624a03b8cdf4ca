/* What a run has to say to people. */
#ifndef KIT_JOB_REPORT_H
#define KIT_JOB_REPORT_H

#include "geo/geo.h"
#include "kit/say.h"

/* One line for each fate of features: how many, which ones, areas before and after. */
void job_report(struct say *say, const struct geo_report *report);

/* One line for an input: what it is, its CRS, how it is brought to WGS 84 and how accurately, its
 * text encoding; for --dry-run on standard output, else a detail for -v. */
void job_explain_input(struct say *say, const struct geo_origin_info *info, bool to_stdout);

/* --dry-run: what is left to say on standard output: how many features, which edges. */
void job_explain(const struct geo_source *source, enum geo_edges edges);

#endif
