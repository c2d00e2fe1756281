/* JSON in, strict: cJSON parses; what it would let pass is refused here before and after. */
#include "data/json.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/json_doc.h"
#include "data/log.h"
#include "data/text.h"

enum { FILE_BYTES_MAX = 16 * 1024 * 1024, EXACT_DIGITS = 15, NUMBER_BYTES_MAX = 63 };

/* ---- cJSON's memory ---- */

static _Thread_local struct arena *lender;

static void *borrow(size_t size) {
    return arena_alloc(lender, size);
}

static void give_back(void *piece) {
    (void)piece; /* goes with the arena */
}

__attribute__((constructor)) static void lend_to_cjson(void) {
    cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = borrow, .free_fn = give_back});
}

void json_lend(struct arena *a) {
    lender = a;
}

struct json_doc *json_doc_new(struct arena *a, struct cJSON *root) {
    struct json_doc *doc = ARENA_NEW(a, struct json_doc);
    *doc = (struct json_doc){.arena = a, .root = root, .last_fault = &doc->faults};
    return doc;
}

void json_keep_digits(struct arena *a, struct cJSON *number) {
    char digits[24], *at = digits + sizeof digits;
    int64_t value = (int64_t)number->valuedouble, left = value < 0 ? -value : value;
    do *--at = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (value < 0) *--at = '-';
    number->valuestring = arena_text_n(a, at, (size_t)(digits + sizeof digits - at));
    number->type = cJSON_Raw;
}

/* ---- before: what cJSON's scanner is lax about ---- */

struct scan {
    const char *text, *at, *end;
    int depth;
    const char *reason;
};

static size_t digits(struct scan *s) {
    const char *from = s->at;
    while (s->at < s->end && *s->at >= '0' && *s->at <= '9') s->at++;
    return (size_t)(s->at - from);
}

/* A fraction must survive becoming a double, or it could round to the integer it is not: few enough digits, and not so
 * small that nothing is left. */
static bool fraction_is_held(const char *from, size_t size, size_t count) {
    char number[NUMBER_BYTES_MAX + 1];
    memcpy(number, from, size);
    number[size] = '\0';
    size_t mantissa = strcspn(number, "eE");
    bool zero = strcspn(number, "123456789") >= mantissa;
    return count <= EXACT_DIGITS && (zero || strtod(number, NULL) != 0);
}

/* The grammar of RFC 8259 §6. */
static bool scan_number(struct scan *s) {
    const char *from = s->at;
    if (*s->at == '-') s->at++;
    const char *first = s->at;
    size_t count = digits(s);
    bool good = count > 0 && (count == 1 || *first != '0'), fraction = false;
    if (good && s->at < s->end && *s->at == '.') {
        s->at++;
        size_t more = digits(s);
        good = more > 0;
        count += more;
        fraction = true;
    }
    if (good && s->at < s->end && (*s->at == 'e' || *s->at == 'E')) {
        s->at++;
        if (s->at < s->end && (*s->at == '+' || *s->at == '-')) s->at++;
        good = digits(s) > 0;
        fraction = true;
    }
    size_t size = (size_t)(s->at - from);
    if (!good)
        s->reason = "not a number in JSON's form";
    else if (size > NUMBER_BYTES_MAX || (fraction && !fraction_is_held(from, size, count)))
        s->reason = "a number of too many digits";
    if (s->reason) s->at = from;
    return !s->reason;
}

static bool scan_escape(struct scan *s) {
    if (s->end - s->at < 2 || s->at[1] != 'u') { /* which of them are escapes, and an unclosed text, cJSON knows */
        s->at += s->end - s->at < 2 ? 1 : 2;
        return true;
    }
    for (int i = 2; i < 6; i++)
        if (s->end - s->at <= i || !isxdigit((unsigned char)s->at[i])) s->reason = "\\u wants four hexadecimal digits";
    if (!s->reason && memcmp(s->at + 2, "0000", 4) == 0) s->reason = "\\u0000 is not accepted in text";
    if (!s->reason) s->at += 6;
    return !s->reason;
}

static bool scan_string(struct scan *s) {
    for (s->at++; s->at < s->end && *s->at != '"';) {
        if ((unsigned char)*s->at < ' ') {
            s->reason = "a control character in text must be escaped";
            return false;
        }
        if (*s->at != '\\')
            s->at++;
        else if (!scan_escape(s))
            return false;
    }
    if (s->at < s->end) s->at++;
    return true;
}

/* Walks the tokens; s->at stands on the fault when there is one. Structure is left to the parser. */
static bool scan_text(struct scan *s) {
    size_t good = text_utf8_prefix(s->text, (size_t)(s->end - s->text));
    if (s->text + good < s->end) {
        s->at = s->text + good;
        s->reason = *s->at ? "not UTF-8" : "a NUL byte";
        return false;
    }
    while (s->at < s->end) {
        unsigned char c = (unsigned char)*s->at;
        if (c == '"') {
            if (!scan_string(s)) return false;
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            if (!scan_number(s)) return false;
        } else {
            if (c == '[' || c == '{') s->depth++;
            if (c == ']' || c == '}') s->depth--;
            if (s->depth > JSON_DEPTH_MAX)
                s->reason = "nested too deep";
            else if (c < ' ' && c != '\t' && c != '\n' && c != '\r')
                s->reason = "a control character";
            else if (c >= 0x80)
                s->reason = "only text in quotes may hold such a character"; /* among them a byte-order mark */
            if (s->reason) return false;
            s->at++;
        }
    }
    return true;
}

static bool fail_at(const struct scan *s, const char *at, const char *reason, struct error *e) {
    size_t line = 1, column = 1;
    for (const char *c = s->text; c < at && c < s->end; c++) {
        if (*c == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)*c & 0xC0) != 0x80)
            column++;
    }
    return error_fail(e, ERROR_INVALID, "bad_json", "line %zu, column %zu: %s", line, column, reason);
}

/* ---- after: one walk over the tree ---- */

static int by_key(const void *a, const void *b) {
    return strcmp((*(struct cJSON *const *)a)->string, (*(struct cJSON *const *)b)->string);
}

static struct cJSON *find_twice(struct json_doc *doc, const struct cJSON *object) {
    size_t n = 0, i = 0;
    for (const struct cJSON *m = object->child; m; m = m->next) n++;
    if (n < 2) return NULL;
    if (n <= 8) {
        for (const struct cJSON *m = object->child; m; m = m->next)
            for (struct cJSON *o = m->next; o; o = o->next)
                if (strcmp(m->string, o->string) == 0) return o;
        return NULL;
    }
    struct cJSON **members = ARENA_ARRAY(doc->arena, n, struct cJSON *);
    for (struct cJSON *m = object->child; m; m = m->next) members[i++] = m;
    qsort(members, n, sizeof *members, by_key);
    for (i = 1; i < n; i++)
        if (strcmp(members[i - 1]->string, members[i]->string) == 0) return members[i];
    return NULL;
}

/* An integer beyond what we take is a fault only where it is asked for; until then it is printed digit by digit, because the
 * seventeen of cJSON's fraction would not be accepted again. */
static void keep_large(struct arena *a, struct cJSON *number) {
    char *digits = arena_printf(a, "%.0f", number->valuedouble);
    if (strlen(digits) > NUMBER_BYTES_MAX) return;
    number->valuestring = digits;
    number->type = cJSON_Raw;
}

static bool check_tree(struct json_doc *doc, struct cJSON *node, struct error *e) {
    double v = cJSON_IsNumber(node) ? fabs(node->valuedouble) : 0;
    if (v >= 1e15 && v <= (double)JSON_INT_MAX) json_keep_digits(doc->arena, node); /* cJSON prints fifteen digits */
    if (v > (double)JSON_INT_MAX && v < 1e63) keep_large(doc->arena, node);
    struct cJSON *twice = cJSON_IsObject(node) ? find_twice(doc, node) : NULL;
    if (twice) {
        const char *path = json_path((struct json){doc, twice}, doc->arena);
        return error_fail(e, ERROR_INVALID, "bad_json", "%s: the same key twice in one object", path);
    }
    for (struct cJSON *child = node->child; child; child = child->next)
        if (!check_tree(doc, child, e)) return false;
    return true;
}

bool json_parse(struct arena *a, const char *text, size_t size, struct json *out, struct error *e) {
    struct scan s = {.text = text, .at = text, .end = text + size};
    if (!scan_text(&s)) return fail_at(&s, s.at, s.reason, e);
    const char *end = text;
    json_lend(a);
    struct cJSON *root = size ? cJSON_ParseWithLengthOpts(text, size, &end, 0) : NULL;
    if (!root) return fail_at(&s, end, size ? "not JSON" : "empty where JSON is expected", e);
    struct json_doc *doc = json_doc_new(a, root);
    while (end < s.end && isspace((unsigned char)*end)) end++;
    if (end < s.end) return fail_at(&s, end, "something follows the JSON value", e);
    if (!check_tree(doc, root, e)) return false;
    *out = (struct json){doc, root};
    return true;
}

static bool read_whole(int fd, struct arena *a, const char **text, size_t *size, struct error *e) {
    struct stat status;
    if (fstat(fd, &status) != 0) return error_errno(e, errno, "file_unreadable", "reading");
    if (!S_ISREG(status.st_mode)) return error_fail(e, ERROR_INVALID, "file_unreadable", "not a file");
    if (status.st_size > FILE_BYTES_MAX)
        return error_fail(e, ERROR_INVALID, "file_too_large", "larger than %d bytes", FILE_BYTES_MAX);
    size_t length = (size_t)status.st_size, done = 0;
    char *bytes = arena_alloc(a, length + 1);
    while (done < length) {
        ssize_t n = read(fd, bytes + done, length - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return error_errno(e, errno, "file_unreadable", "reading");
        if (n == 0) break; /* became shorter meanwhile */
        done += (size_t)n;
    }
    *text = bytes;
    *size = done;
    return true;
}

bool json_parse_file(struct arena *a, const char *path, struct json *out, struct error *e) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return error_errno(e, errno, "file_unreadable", "opening %s", path);
    const char *text = "";
    size_t size = 0;
    bool done = read_whole(fd, a, &text, &size, e);
    close(fd);
    if (!done || !json_parse(a, text, size, out, e)) return error_within(e, "%s", path);
    return true;
}
