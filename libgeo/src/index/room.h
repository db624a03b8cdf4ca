/* Arrays that grow, in functions that return a status. */
#ifndef GEO_INDEX_ROOM_H
#define GEO_INDEX_ROOM_H

#include "base/fail.h"
#include "base/grow.h"

static inline enum geo_status geo_room_more(struct geo_ctx *ctx, void *array, size_t size,
                                            size_t *room, size_t need)
{
    size_t more = geo_grown(*room, need);
    if (!geo_grow(array, more, size))
        return geo_no_memory(ctx);
    *room = more;
    return GEO_OK;
}

/* Makes room for `need` elements in `array`, which has room for `room`:
 * `GEO_TRY(GEO_ROOM(ctx, list->pair, list->room, n));` */
#define GEO_ROOM(ctx, array, room, need) \
    ((need) <= (room) ? GEO_OK : geo_room_more((ctx), &(array), sizeof *(array), &(room), (need)))

#endif
