/* The way of a request: from what was read off the wire to a reply that stands. */
#include "pos/http/request.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "data/text.h"
#include "pos/core/order.h"
#include "pos/http/auth.h"
#include "pos/http/door_rooms.h"
#include "pos/http/guard.h"
#include "pos/http/route.h"

/* ---- query parameters ---- */

void request_add_query(struct request *r, const char *key, const char *value) {
    if (r->query_count == REQUEST_QUERY_MAX)
        r->query_too_long = true;
    else
        r->query[r->query_count++] = (struct request_query){.key = key, .value = value ? value : ""};
}

const char *request_query_text(struct request *r, const char *key) {
    const char *found = NULL;
    for (size_t i = 0; i < r->query_count; i++) {
        if (strcmp(r->query[i].key, key) != 0) continue;
        r->query[i].asked = true;
        found = r->query[i].value;
    }
    return found;
}

static bool bad_query(struct error *e, const char *key, const char *what) {
    error_fail(e, ERROR_INVALID, "invalid_query", "%s: %s", key, what);
    return error_at_field(e, key);
}

bool request_query_int(struct request *r, const char *key, int64_t min, int64_t max, int64_t absent, int64_t *out,
                       struct error *e) {
    const char *text = request_query_text(r, key);
    *out = absent;
    if (!text) return true;
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno || value < min || value > max)
        return bad_query(e, key, "must be a number in range");
    *out = value;
    return true;
}

bool request_query_enum(struct request *r, const char *key, const char *const *names, int absent, int *out, struct error *e) {
    const char *text = request_query_text(r, key);
    *out = absent;
    if (!text) return true;
    for (int i = 0; names[i]; i++) {
        if (strcmp(names[i], text) != 0) continue;
        *out = i;
        return true;
    }
    return bad_query(e, key, "none of the known values");
}

bool request_query_done(struct request *r, struct error *e) {
    if (r->query_too_long) return error_fail(e, ERROR_INVALID, "invalid_query", "too many query parameters");
    for (size_t i = 0; i < r->query_count; i++)
        if (!r->query[i].asked) return bad_query(e, r->query[i].key, "unknown parameter");
    return true;
}

/* ---- before anything is done ---- */

/* The house is open, and this is done in it. */
static bool is_open_here(const struct request *r, struct error *e) {
    if (!r->till) return error_fail(e, ERROR_IO, "practice_off", "practice could not be opened; the log of the till says why");
    if (r->route->house == HOUSE_PRACTICE && !r->till->practice_of)
        return error_fail(e, ERROR_NOT_FOUND, "practice_only", "only the practice till has this");
    if (r->route->house == HOUSE_REAL && r->till->practice_of)
        return error_fail(e, ERROR_DENIED, "practice_refused", "practice takes this from the real till, where it is changed");
    return true;
}

static bool find_route(struct request *r, struct error *e) {
    const char *allow;
    if (!text_is_utf8(r->path, strlen(r->path))) return error_fail(e, ERROR_INVALID, "bad_path", "the path is not UTF-8");
    r->route = route_find(routes, r->method, r->path, r->arena, r->params, &allow);
    if (r->route) return is_open_here(r, e);
    if (!allow) return error_fail(e, ERROR_NOT_FOUND, "no_route", "nothing is at %s", r->path);
    r->reply.allow = allow;
    return error_fail(e, ERROR_INVALID, "method_not_allowed", "%s is not possible here, only %s", r->method, allow);
}

/* A file of the screens: any path that is not the API's. */
static bool answer_with_asset(struct request *r) {
    bool get = strcmp(r->method, "GET") == 0 || strcmp(r->method, "HEAD") == 0;
    if (!r->door || !get || strncmp(r->path, "/api/", 5) == 0) return false;
    const struct asset *asset = asset_find(r->door->assets, r->path);
    if (!asset) return false;
    bool gzip = asset->gzip && asset_accepts_gzip(r->headers.accept_encoding);
    const struct embed_file *file = gzip ? asset->gzip : asset->plain;
    reply_bytes(r, 200, asset->type, file->bytes, file->size);
    r->reply.gzip = gzip;
    r->reply.vary = asset->gzip != NULL;
    r->reply.cache = asset->immutable ? "public, max-age=31536000, immutable" : "no-cache";
    reply_tag(r, gzip ? asset->gzip_tag : asset->tag);
    return true;
}

static bool changes_something(const struct route *route) {
    return strcmp(route->method, "GET") != 0;
}

/* Everything about the request but who asks. */
static bool prepare(struct request *r, struct error *e) {
    const struct route *route = r->route;
    if (!changes_something(route)) return true;
    if (!guard_body(r, e)) return false;
    if (route->kind == ROUTE_COMMAND && !guard_command(r, e)) return false;
    if (route->parse && !route->parse(r, e)) return false;
    return json_ok(r->json, e) && (route->kind != ROUTE_COMMAND || request_query_done(r, e));
}

static bool needs_worker(const struct request *r) {
    return r->route->kind == ROUTE_SLOW || r->route->work || r->approval.pin;
}

static bool begin(struct request *r, bool *stands, struct error *e) {
    *stands = true;
    if (!guard_origin(r, e)) return false;
    if (!find_route(r, e)) return false;
    struct db *db = db_pool_take(r->till->readers);
    bool good = auth_identify(r, db, e) && prepare(r, e);
    if (good && (r->route->kind == ROUTE_READ || r->route->kind == ROUTE_STREAM))
        good = r->route->answer(r, db, e);
    else
        *stands = !good;
    db_pool_give(r->till->readers, db);
    return good;
}

/* ---- the slow part ---- */

static bool work(struct request *r, struct error *e) {
    struct db *db = db_pool_take(r->till->readers);
    bool good = auth_approve(r, db, e) && (!r->route->work || r->route->work(r, db, e)) && json_ok(r->json, e);
    if (good && r->route->kind == ROUTE_SLOW) good = r->route->answer(r, db, e);
    db_pool_give(r->till->readers, db);
    return good;
}

/* ---- the change, on the writer's thread ---- */

static bool is_fresh(struct act *act, const struct request *r, struct error *e) {
    if (r->expected_version == 0) return true;
    struct order *order;
    if (!order_get(act->db, act->till->site, request_order(r), act->arena, &order, e)) return false;
    if (order->version == r->expected_version) return true;
    return error_fail(e, ERROR_CONFLICT, "stale", "order %" PRId64 ": changed meanwhile (version %" PRId64 ", not %" PRId64 ")",
                      order->id.v, order->version, r->expected_version);
}

static bool carry_out(struct act *act, void *self, int *status, const char **answer, struct error *e) {
    struct request *r = self;
    if (!is_fresh(act, r, e) || !r->route->run(act, r, e)) return false;
    *status = r->reply.status;
    *answer = r->reply.body;
    return true;
}

static void take_result(struct request *r) {
    struct command *c = &r->command;
    if (!c->ok) {
        reply_problem(r, &c->error);
    } else if (c->replayed) {
        reply_text(r, c->status, "application/json", c->answer);
        r->reply.replayed = true;
    }
}

static void command_done(struct command *c) {
    struct request *r = c->self;
    take_result(r);
    r->finish(r);
}

static void fill_command(struct request *r) {
    r->command.till = r->till;
    r->command.arena = r->arena;
    r->command.actor = r->actor;
    r->command.run = carry_out;
    r->command.done = command_done;
    r->command.self = r;
}

static void submit_command(struct request *r) {
    struct error e;
    fill_command(r);
    if (command_submit(&r->command, &e)) return; /* r may be gone by now */
    reply_problem(r, &e);
    r->finish(r);
}

static void work_job(struct worker_job *job) {
    struct request *r = job->self;
    struct error e;
    if (!work(r, &e))
        reply_problem(r, &e);
    else if (r->route->kind == ROUTE_COMMAND) {
        submit_command(r);
        return;
    }
    r->finish(r);
}

/* ---- the three ways in ---- */

bool request_begin(struct request *r) {
    struct error e;
    bool stands;
    if (begin(r, &stands, &e)) return stands;
    if (!r->route && !r->reply.allow && strcmp(e.code, "no_route") == 0 && answer_with_asset(r)) return true;
    reply_problem(r, &e);
    return true;
}

void request_go_on(struct request *r) {
    if (!needs_worker(r)) {
        submit_command(r);
        return;
    }
    struct error e;
    r->job = (struct worker_job){.run = work_job, .self = r};
    if (worker_submit(r->door->workers, &r->job, &e)) return;
    reply_problem(r, &e);
    r->finish(r);
}

void request_run(struct request *r) {
    struct error e;
    if (request_begin(r)) return;
    if (needs_worker(r) && !work(r, &e)) {
        reply_problem(r, &e);
        return;
    }
    if (r->route->kind != ROUTE_COMMAND) return;
    fill_command(r);
    if (!command_run(&r->command, &e)) r->command.error = e;
    take_result(r);
}
