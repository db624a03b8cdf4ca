#include "steps/texts.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001B3u;
    return hash;
}

/* The slot of a text, or the free one where it belongs. There is one. */
static size_t *find(const struct texts *t, const char *text)
{
    size_t at = hash_of(text) & (t->slots - 1);
    while (t->slot[at] && strcmp(texts_at(t, t->slot[at] - 1), text) != 0)
        at = (at + 1) & (t->slots - 1);
    return &t->slot[at];
}

static bool grow_slots(struct texts *t)
{
    size_t *old = t->slot, slots = t->slots ? 2 * t->slots : 64;
    size_t *made = calloc(slots, sizeof *made);
    if (!made)
        return false;
    t->slot = made;
    t->slots = slots;
    for (size_t i = 0; i < t->n; i++)
        *find(t, texts_at(t, i)) = i + 1;
    free(old);
    return true;
}

static bool grow(void **items, size_t item_size, size_t wanted, size_t *room)
{
    if (wanted <= *room)
        return true;
    size_t larger = *room + *room / 2 > wanted ? *room + *room / 2 : wanted + 64;
    void *grown = reallocarray(*items, larger, item_size);
    if (!grown)
        return false;
    *items = grown;
    *room = larger;
    return true;
}

static bool append(struct texts *t, const char *text, size_t size)
{
    void *bytes = t->text, *entries = t->entry;
    bool grown = grow(&bytes, 1, t->used + size, &t->room);
    t->text = bytes;
    grown = grown && grow(&entries, sizeof *t->entry, t->n + 1, &t->entry_room);
    t->entry = entries;
    if (!grown)
        return false;
    memcpy(t->text + t->used, text, size);
    t->entry[t->n++] = (struct texts_entry){.at = t->used, .count = 1};
    t->used += size;
    return true;
}

uint64_t texts_add(struct texts *t, const char *text)
{
    if (2 * (t->n + 1) > t->slots && !grow_slots(t))
        return UINT64_MAX;
    size_t *slot = find(t, text);
    if (*slot)
        return t->entry[*slot - 1].count++;
    if (!append(t, text, strlen(text) + 1))
        return UINT64_MAX;
    *slot = t->n;
    return 0;
}

const char *texts_at(const struct texts *t, size_t i)
{
    return t->text + t->entry[i].at;
}

bool texts_has(const struct texts *t, const char *text)
{
    return t->slots > 0 && *find(t, text) > 0;
}

void texts_release(struct texts *t)
{
    free(t->text);
    free(t->entry);
    free(t->slot);
    *t = (struct texts){0};
}
