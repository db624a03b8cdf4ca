/* What became of features, in Vietnamese. */
#ifndef DRAW_FATE_WORDS_H
#define DRAW_FATE_WORDS_H

/* @return the Vietnamese for a note of the library; itself where there is none. */
const char *fate_in_vietnamese(const char *what);

#endif
