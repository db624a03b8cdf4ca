/* Where a label can stand along a line: beside it, turned with it, where it runs straight. */
#ifndef DRAW_PAPER_ALONG_H
#define DRAW_PAPER_ALONG_H

#include "draw/paper_path.h"
#include "draw/paper_place.h"

/* Finds the best place for a label of that size, with a gap to the line.
 * @return whether there is one; false also without memory */
bool along_find(const struct placer *placer, const struct spots *line, double width, double height,
                double gap, struct label_box *best);

#endif
