/* Arrays that grow. */
#ifndef GEO_BASE_GROW_H
#define GEO_BASE_GROW_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Room for at least n elements, given that there is room for `room`: half as much again, so that
 * appending costs constant time. */
static inline size_t geo_grown(size_t room, size_t n)
{
    size_t more = room + room / 2;
    return n > more ? (n < 16 ? 16 : n) : more;
}

/* Makes *array (a pointer to any object pointer, NULL at first) hold n elements of a size.
 * Returns false and leaves it as it was when memory is out. */
static inline bool geo_grow(void *array, size_t n, size_t size)
{
    void *old, *grown;
    memcpy(&old, array, sizeof old);
    grown = reallocarray(old, n, size);
    if (!grown)
        return false;
    memcpy(array, &grown, sizeof grown);
    return true;
}

#endif
