/* Words as column names. */
#ifndef KIT_SLUG_H
#define KIT_SLUG_H

#include <stddef.h>

/* Writes text in lower-case ASCII, at most size - 1 characters: letters lose their marks
 * ("Vành đai 4" becomes "vanh_dai_4"), every other run of characters becomes one underscore, none
 * at the ends; "none" if nothing is left. Punctuation between a letter and a digit counts as well:
 * "CT.05" becomes "ct_05". */
void slug_of(const char *text, char *slug, size_t size);

#endif
