/* The bar that lengths are read by. */
#ifndef DRAW_PAPER_SCALE_H
#define DRAW_PAPER_SCALE_H

#include <stdbool.h>
#include <stddef.h>

struct scale_bar {
    double length_m; /* 1, 2 or 5 and zeros */
    int pieces;      /* black and white in turn, each of a round length */
};

/* @return the longest bar of at most so many metres */
struct scale_bar scale_bar_for(double longest_m);

/* Writes a whole number with its thousands apart: 1:280,000 or 280.000. */
void scale_number(double number, bool is_vietnamese, char *out, size_t room);

#endif
