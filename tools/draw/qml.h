/* Looks as a style of QGIS 3.22: renderer, labels, legend. */
#ifndef DRAW_QML_H
#define DRAW_QML_H

#include "draw/looks.h"

/* Writes the first theme of settled looks as QML, in the language of its legend.
 * @return the text, which the caller frees; NULL: out of memory */
char *qml_text(const struct looks *looks, bool is_vietnamese);

#endif
