/* Fuzz target: what a printer says back. The first byte says where the stream is cut in two. */
#include "printer/replies.h"

#include "tests/fuzz/kit/fuzz.h"

static void check_form(const struct reply *r) {
    switch (r->kind) {
    case REPLY_REALTIME:
        HOLDS((r->bytes[0] & 0x93) == 0x12);
        break;
    case REPLY_ORDERED:
        HOLDS((r->bytes[0] & 0x90) == 0);
        break;
    case REPLY_AUTOMATIC:
        HOLDS((r->bytes[0] & 0x93) == 0x10);
        for (int i = 1; i < 4; i++) HOLDS((r->bytes[i] & 0x90) == 0);
        break;
    case REPLY_PROCESS_ID:
        for (int i = 0; i < 4; i++) HOLDS(r->bytes[i] >= 0x20 && r->bytes[i] <= 0x7E);
        break;
    case REPLY_BLOCK:
        break;
    }
}

/* Byte by byte: each reply has the form of its kind, and a real-time answer that cannot be a block's data is never missed. */
static void check_stream(const uint8_t *data, size_t size, unsigned *ordered) {
    struct reply_parser p = {0};
    struct reply_heard h = {0};
    size_t taken = 0;
    for (size_t i = 0; i < size; i++) {
        struct reply r;
        bool whole = reply_next(&p, data[i], &r);
        HOLDS(p.count <= REPLY_BLOCK_MAX);
        if (data[i] < 0x20 && (data[i] & 0x93) == 0x12) HOLDS(whole && r.kind == REPLY_REALTIME && r.bytes[0] == data[i]);
        if (!whole) continue;
        check_form(&r);
        *ordered += r.kind == REPLY_ORDERED;
        taken++;
        bool bad = h.fatal || h.cover || h.paper_end || h.cutter || h.mechanical || h.hot || h.feeding || h.offline;
        if (r.kind == REPLY_AUTOMATIC) reply_automatic(&h, r.bytes);
        if (r.kind == REPLY_REALTIME) reply_realtime(&h, (int)(i % 6), r.bytes[0]);
        struct transport_status s = reply_verdict(&h);
        HOLDS(s.known == h.any && strlen(s.reason) < sizeof s.reason);
        HOLDS(!bad || (s.state != TRANSPORT_READY && s.reason[0] != '\0')); /* what was heard is not forgotten */
    }
    HOLDS(taken <= size);
}

static bool same_inbox(const struct reply_inbox *a, const struct reply_inbox *b) {
    return a->has_realtime == b->has_realtime && a->has_automatic == b->has_automatic && a->has_id == b->has_id &&
           a->ordered == b->ordered && a->realtime == b->realtime && memcmp(a->automatic, b->automatic, 4) == 0 && memcmp(a->id, b->id, 4) == 0 &&
           a->parser.count == b->parser.count && memcmp(a->parser.held, b->parser.held, a->parser.count) == 0;
}

struct script {
    struct fuzz_input *in;
    int asked;
};
static bool answer(void *self, int n, uint8_t *byte, bool *got, struct error *e) {
    struct script *s = self;
    (void)e;
    HOLDS(n >= 1 && n <= 4 && ++s->asked <= 4);
    *got = s->in->left > 0;
    *byte = fuzz_byte(s->in);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_input in = {.at = data, .left = size};
    size_t cut = fuzz_byte(&in);
    if (cut > in.left) cut = in.left;
    struct reply_inbox whole = {0}, pieces = {0};
    reply_collect(&whole, in.at, in.left);
    reply_collect(&pieces, in.at, cut);
    reply_collect(&pieces, in.at + cut, in.left - cut);
    HOLDS(same_inbox(&whole, &pieces));
    unsigned ordered = 0;
    check_stream(in.at, in.left, &ordered);
    HOLDS(whole.ordered == ordered); /* each is counted, whatever else came */

    /* Whatever came before, an acknowledgement sent twice is heard: the spooler asks again. */
    char id[4];
    for (size_t i = 0; i < 4; i++) id[i] = (char)(0x20 + (i < in.left ? in.at[i] : 0) % 0x5F);
    const uint8_t block[7] = {0x37, 0x22, (uint8_t)id[0], (uint8_t)id[1], (uint8_t)id[2], (uint8_t)id[3], 0};
    reply_collect(&whole, block, sizeof block);
    whole.has_id = false;
    reply_collect(&whole, block, sizeof block);
    HOLDS(reply_take_id(&whole, id) && !reply_take_id(&whole, id));

    struct error e;
    struct reply_heard h = {0};
    struct script script = {.in = &in};
    HOLDS(reply_interview(answer, &script, &h, &e) && script.asked >= 1);
    return 0;
}
