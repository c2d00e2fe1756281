/* What printers say back: telling replies apart and reading status bits. See replies.h for the forms. */
#include "printer/replies.h"

#include <string.h>

enum { BLOCK_HEAD = 0x37, BLOCK_PROCESS_ID = 0x22 };

static bool is_realtime(uint8_t b) {
    return (b & 0x93) == 0x12;
}
static bool is_automatic_head(uint8_t b) {
    return (b & 0x93) == 0x10;
}
static bool is_plain(uint8_t b) {
    return (b & 0x90) == 0x00;
}

static bool complete(struct reply_parser *p, struct reply *out, enum reply_kind kind, const uint8_t *from, size_t n) {
    *out = (struct reply){.kind = kind};
    memcpy(out->bytes, from, n);
    p->count = 0;
    return true;
}

/* A byte with nothing held. */
static bool first(struct reply_parser *p, uint8_t byte, struct reply *out) {
    if (byte == BLOCK_HEAD || is_automatic_head(byte)) {
        p->held[0] = byte;
        p->count = 1;
        return false;
    }
    if (is_realtime(byte)) return complete(p, out, REPLY_REALTIME, &byte, 1);
    if (is_plain(byte)) return complete(p, out, REPLY_ORDERED, &byte, 1);
    return false; /* noise: XON, XOFF, bytes above 7Fh */
}

static bool in_block(struct reply_parser *p, uint8_t byte, struct reply *out) {
    const bool process_id = p->count > 1 && p->held[1] == BLOCK_PROCESS_ID;
    const size_t data = p->count - 2; /* bytes after the identifier, once there is one */
    if (p->count > 1 && byte == 0) {
        if (process_id && data == 4) return complete(p, out, REPLY_PROCESS_ID, p->held + 2, 4);
        if (!process_id) return complete(p, out, REPLY_BLOCK, p->held + 1, 1);
    }
    if (byte < 0x20 && is_realtime(byte)) { /* cut in, as below */
        *out = (struct reply){.kind = REPLY_REALTIME, .bytes = {byte}};
        return true;
    }
    const bool fits = process_id ? data < 4 && byte >= 0x20 && byte <= 0x7E : byte != 0 && p->count < REPLY_BLOCK_MAX;
    if (!fits) {
        p->count = 0;
        return first(p, byte, out);
    }
    p->held[p->count++] = byte;
    return false;
}

bool reply_next(struct reply_parser *p, uint8_t byte, struct reply *out) {
    if (p->count == 0) return first(p, byte, out);
    if (p->held[0] == BLOCK_HEAD) return in_block(p, byte, out);
    /* Inside an automatic status. A real-time answer may cut in: it is the one reply that waits for nothing. */
    if (is_realtime(byte)) {
        *out = (struct reply){.kind = REPLY_REALTIME, .bytes = {byte}};
        return true;
    }
    if (!is_plain(byte)) {
        p->count = 0;
        return first(p, byte, out);
    }
    p->held[p->count++] = byte;
    return p->count == 4 && complete(p, out, REPLY_AUTOMATIC, p->held, 4);
}

void reply_realtime(struct reply_heard *h, int n, uint8_t byte) {
    h->any = true;
    switch (n) {
    case 1:
        h->offline |= (byte & 0x08) != 0;
        break;
    case 2:
        h->cover |= (byte & 0x04) != 0;
        h->feeding |= (byte & 0x08) != 0;
        h->paper_end |= (byte & 0x20) != 0;
        h->mechanical |= (byte & 0x40) != 0;
        break;
    case 3:
        h->mechanical |= (byte & 0x04) != 0;
        h->cutter |= (byte & 0x08) != 0;
        h->fatal |= (byte & 0x20) != 0;
        h->hot |= (byte & 0x40) != 0;
        break;
    case 4:
        h->paper_near |= (byte & 0x0C) != 0;
        h->paper_end |= (byte & 0x60) != 0;
        break;
    default:
        break;
    }
}

void reply_automatic(struct reply_heard *h, const uint8_t bytes[4]) {
    h->any = true;
    h->offline |= (bytes[0] & 0x08) != 0;
    h->cover |= (bytes[0] & 0x20) != 0;
    h->feeding |= (bytes[0] & 0x40) != 0;
    h->mechanical |= (bytes[1] & 0x04) != 0;
    h->cutter |= (bytes[1] & 0x08) != 0;
    h->fatal |= (bytes[1] & 0x20) != 0;
    h->hot |= (bytes[1] & 0x40) != 0;
    h->paper_near |= (bytes[2] & 0x03) != 0;
    h->paper_end |= (bytes[2] & 0x0C) != 0;
}

struct transport_status reply_verdict(const struct reply_heard *h) {
    const struct {
        bool heard;
        enum transport_cause cause;
    } worst_first[] = {
        {h->fatal, CAUSE_SERVICE},   {h->cover, CAUSE_COVER_OPEN},      {h->paper_end, CAUSE_PAPER_OUT},
        {h->cutter, CAUSE_CUTTER},   {h->mechanical, CAUSE_MECHANICAL}, {h->hot, CAUSE_HOT},
        {h->feeding, CAUSE_FEEDING}, {h->offline, CAUSE_OFFLINE},       {h->paper_near, CAUSE_PAPER_LOW},
    };
    for (size_t i = 0; h->any && i < sizeof worst_first / sizeof *worst_first; i++)
        if (worst_first[i].heard) return transport_because(worst_first[i].cause, true);
    return transport_because(CAUSE_NONE, h->any);
}

void reply_collect(struct reply_inbox *in, const uint8_t *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct reply r;
        if (!reply_next(&in->parser, bytes[i], &r)) continue;
        if (r.kind == REPLY_REALTIME) {
            in->realtime = r.bytes[0];
            in->has_realtime = true;
        } else if (r.kind == REPLY_AUTOMATIC) {
            memcpy(in->automatic, r.bytes, 4);
            in->has_automatic = true;
        } else if (r.kind == REPLY_PROCESS_ID) {
            memcpy(in->id, r.bytes, 4);
            in->has_id = true;
        } else if (r.kind == REPLY_ORDERED) {
            in->ordered++;
        }
    }
}

bool reply_take_id(struct reply_inbox *in, const char id[4]) {
    if (!in->has_id || memcmp(in->id, id, 4) != 0) return false;
    in->has_id = false;
    return true;
}

bool reply_take_ordered(struct reply_inbox *in) {
    if (in->ordered == 0) return false;
    in->ordered--;
    return true;
}

bool reply_interview(reply_ask *ask, void *self, struct reply_heard *h, struct error *e) {
    static const int order[] = {1, 4, 2, 3};
    for (size_t i = 0; i < 4; i++) {
        if (order[i] == 2 && !h->offline && !h->paper_end) break; /* all is well: two questions are enough */
        uint8_t answer = 0;
        bool got = false;
        if (!ask(self, order[i], &answer, &got, e)) return false;
        if (!got) break;
        reply_realtime(h, order[i], answer);
    }
    return true;
}
