/* Where ESC/POS commands begin and end. See commands.h. */
#include "tests/fault/commands.h"

#include <string.h>

enum { DLE = 0x10, EOT = 0x04, ENQ = 0x05, DC4 = 0x14, ESC = 0x1B, FS = 0x1C, GS = 0x1D, ID_HEAD = 7 };

/* Commands of two bytes and a fixed number of arguments. What stands nowhere is two bytes long: printers ignore what they do not
 * know. */
static const struct {
    uint8_t first, second, arguments;
} fixed[] = {
    {DLE, EOT, 1}, {DLE, ENQ, 1}, {ESC, '!', 1}, {ESC, '-', 1}, {ESC, '3', 1}, {ESC, 'B', 2}, {ESC, 'E', 1}, {ESC, 'G', 1},
    {ESC, 'J', 1}, {ESC, 'M', 1}, {ESC, 'R', 1}, {ESC, 'U', 1}, {ESC, 'a', 1}, {ESC, 'c', 2}, {ESC, 'd', 1}, {ESC, 'p', 3},
    {ESC, 'r', 1}, {ESC, 't', 1}, {ESC, '{', 1}, {GS, '!', 1},  {GS, 'B', 1},  {GS, 'H', 1},  {GS, 'I', 1},  {GS, 'L', 2},
    {GS, 'W', 2},  {GS, 'a', 1},  {GS, 'f', 1},  {GS, 'h', 1},  {GS, 'r', 1},  {GS, 'w', 1},
};

static size_t word(const uint8_t *at) {
    return (size_t)at[0] | (size_t)at[1] << 8;
}

/* GS V m: these have a fourth byte; of any other m it is over with the third. */
static bool cuts_with_feed(uint8_t m) {
    return m == 65 || m == 66 || m == 97 || m == 98 || m == 103 || m == 104;
}

/* How long the head is, as far as it can be told from what has come. */
static size_t head_size(const struct commands *c) {
    const uint8_t *h = c->head;
    if (c->count < 2) return 2;
    if (h[0] == DLE && h[1] == DC4) return c->count < 3 ? 3 : h[2] == 8 ? 3 : 5;
    if (h[0] == GS && h[1] == 'V') return c->count < 3 || !cuts_with_feed(h[2]) ? 3 : 4;
    if (h[0] == GS && h[1] == 'v') return 8;
    if (h[0] == ESC && h[1] == '*') return 5;
    if ((h[0] == GS || h[0] == ESC || h[0] == FS) && h[1] == '(') return 5;
    if (h[0] == GS && h[1] == 'k') return 4;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (fixed[i].first == h[0] && fixed[i].second == h[1]) return (size_t)(2 + fixed[i].arguments);
    return 2;
}

static size_t data_size(const uint8_t *h) {
    if (h[0] == DLE && h[1] == DC4 && h[2] == 8) return 7;
    if (h[0] == GS && h[1] == 'v') return word(h + 4) * word(h + 6);
    if (h[0] == ESC && h[1] == '*') return word(h + 3) * (h[2] >= 32 ? 3 : 1);
    if (h[1] == '(' && (h[0] == GS || h[0] == ESC || h[0] == FS)) return word(h + 3);
    if (h[0] == GS && h[1] == 'k') return h[3];
    return 0;
}

static enum command kind_of(const uint8_t *h) {
    if (h[0] == ESC && h[1] == '@') return COMMAND_START;
    if (h[0] == GS && h[1] == 'V') return COMMAND_CUT;
    if (h[0] == GS && h[1] == 'r') return COMMAND_ORDERED;
    if (h[0] == GS && h[1] == 'a') return COMMAND_AUTOMATIC;
    if (h[0] == DLE && h[1] == EOT) return COMMAND_REALTIME;
    return COMMAND_OTHER;
}

static enum command end(struct commands *c, enum command kind) {
    c->count = 0;
    return kind;
}

enum command command_next(struct commands *c, uint8_t byte) {
    static const uint8_t process_id[ID_HEAD] = {GS, '(', 'H', 6, 0, 48, 48};
    if (c->data > 0) {
        const size_t total = data_size(c->head);
        const size_t at = total - c->data;
        const bool id = memcmp(c->head, process_id, 5) == 0; /* GS ( H 6 0: its data are 48 48 d1 d2 d3 d4 */
        if (id && at >= 2 && at < 6) c->id[at - 2] = (char)byte;
        if (--c->data > 0) return COMMAND_NONE;
        return end(c, id ? COMMAND_PROCESS_ID : kind_of(c->head));
    }
    if (c->count == 0 && byte != DLE && byte != ESC && byte != FS && byte != GS) return COMMAND_TEXT;
    c->head[c->count++] = byte;
    if (c->count < head_size(c)) return COMMAND_NONE;
    c->data = data_size(c->head);
    return c->data > 0 ? COMMAND_NONE : end(c, kind_of(c->head));
}
