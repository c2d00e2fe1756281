/* Time: wall and monotonic clocks, and the site's calendar by the C library's zones. */
#include "data/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t read_clock_us(clockid_t id) {
    struct timespec t;
    clock_gettime(id, &t); /* cannot fail for the two clocks used here */
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t system_wall(const struct clock *self) {
    (void)self;
    return read_clock_us(CLOCK_REALTIME) / 1000;
}

static int64_t fixed_wall(const struct clock *self) {
    return self->fixed;
}

const struct clock clock_system = {.wall = system_wall};

struct clock clock_fixed(int64_t wall_ms) {
    return (struct clock){.wall = fixed_wall, .fixed = wall_ms};
}

int64_t clock_now(const struct clock *c) {
    return c->wall(c);
}

int64_t clock_monotonic_us(void) {
    return read_clock_us(CLOCK_MONOTONIC);
}

int64_t clock_monotonic_ms(void) {
    return clock_monotonic_us() / 1000;
}

/* tzset takes anything and falls back to UTC in silence, so the zone's file is looked at first. */
static bool zone_exists(const char *zone) {
    const char *folder = getenv("TZDIR");
    char path[512], magic[4];
    if (!zone[0] || zone[0] == '/' || zone[0] == ':' || strstr(zone, "..")) return false;
    int n = snprintf(path, sizeof path, "%s/%s", folder && folder[0] ? folder : "/usr/share/zoneinfo", zone);
    if (n < 0 || (size_t)n >= sizeof path) return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool found = read(fd, magic, sizeof magic) == (ssize_t)sizeof magic && memcmp(magic, "TZif", sizeof magic) == 0;
    close(fd);
    return found;
}

bool clock_set_zone(const char *zone, struct error *e) {
    if (!zone_exists(zone))
        return error_fail(e, ERROR_INVALID, "unknown_time_zone", "time zone %s: unknown (is tzdata installed?)", zone);
    if (setenv("TZ", zone, 1) != 0) return error_errno(e, errno, "environment_full", "setting the time zone %s", zone);
    tzset();
    return true;
}

static void local_time(int64_t wall_ms, struct tm *tm) {
    time_t seconds = (time_t)(wall_ms / 1000 - (wall_ms % 1000 < 0));
    if (!localtime_r(&seconds, tm)) memset(tm, 0, sizeof *tm); /* a year beyond int: no such instant is stored */
}

const char *clock_rfc3339(int64_t wall_ms, char out[CLOCK_TEXT_MAX]) {
    struct tm tm;
    local_time(wall_ms, &tm);
    size_t n = strftime(out, CLOCK_TEXT_MAX - 6, "%Y-%m-%dT%H:%M:%S", &tm);
    long minutes = tm.tm_gmtoff / 60, size = minutes < 0 ? -minutes : minutes;
    snprintf(out + n, CLOCK_TEXT_MAX - n, "%c%02d:%02d", minutes < 0 ? '-' : '+', (int)(size / 60) % 100, (int)(size % 60));
    return out;
}

bool clock_parse_rfc3339(const char *text, int64_t *wall_ms) {
    static const char form[] = "dddd-dd-ddTdd:dd:dd";
    char day[11] = {0};
    int hour, minute, second, away_hours = 0, away_minutes = 0, used = 0;
    size_t head = sizeof form - 1;
    if (strlen(text) < head + 1) return false;
    for (size_t i = 0; i < head; i++)
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i]) return false;
    memcpy(day, text, 10);
    const char *zone = text + head;
    bool offset = sscanf(zone, "%*1[+-]%2d:%2d%n", &away_hours, &away_minutes, &used) == 2 && used == 6 && !zone[6];
    if (!offset && strcmp(zone, "Z") != 0) return false;
    if (!clock_is_day(day) || sscanf(text + 11, "%2d:%2d:%2d", &hour, &minute, &second) != 3) return false;
    if (hour > 23 || minute > 59 || second > 59 || away_hours > 23 || away_hours < 0 || away_minutes > 59 || away_minutes < 0)
        return false;
    int64_t away = (away_hours * 60 + away_minutes) * (zone[0] == '-' ? -60 : 60);
    int64_t seconds = clock_days_between("1970-01-01", day) * 86400 + hour * 3600 + minute * 60 + second;
    *wall_ms = (seconds - away) * 1000;
    return true;
}

const char *clock_local(int64_t wall_ms, const char *strftime_format, char out[CLOCK_TEXT_MAX]) {
    struct tm tm;
    local_time(wall_ms, &tm);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* the format is the caller's literal by contract */
    if (!strftime(out, CLOCK_TEXT_MAX, strftime_format, &tm)) out[0] = '\0';
#pragma GCC diagnostic pop
    return out;
}

int clock_local_hour(int64_t wall_ms) {
    struct tm tm;
    local_time(wall_ms, &tm);
    return tm.tm_hour;
}

void clock_local_week(int64_t wall_ms, int *weekday, int *minute) {
    struct tm tm;
    local_time(wall_ms, &tm);
    *weekday = (tm.tm_wday + 6) % 7; /* the C library's week begins on Sunday */
    *minute = tm.tm_hour * 60 + tm.tm_min;
}

const char *clock_business_day(int64_t wall_ms, int cutover_hour, char out[CLOCK_DAY_MAX]) {
    struct tm local, day;
    local_time(wall_ms, &local);
    /* By the calendar and not by subtracting hours: a day may have 23 or 25 of them elsewhere. */
    day =
        (struct tm){.tm_year = local.tm_year, .tm_mon = local.tm_mon, .tm_mday = local.tm_mday - (local.tm_hour < cutover_hour)};
    time_t noon = timegm(&day);
    gmtime_r(&noon, &day);
    strftime(out, CLOCK_DAY_MAX, "%Y-%m-%d", &day);
    return out;
}

static bool parse_day(const char *text, struct tm *tm) {
    static const char form[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof form; i++) { /* with the closing NUL */
        bool fits = form[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == form[i];
        if (!fits) return false;
    }
    *tm = (struct tm){.tm_year = (int)strtol(text, NULL, 10) - 1900,
                      .tm_mon = (int)strtol(text + 5, NULL, 10) - 1,
                      .tm_mday = (int)strtol(text + 8, NULL, 10)};
    return true;
}

bool clock_is_day(const char *text) {
    struct tm given, real;
    if (!parse_day(text, &given) || given.tm_year < 0) return false;
    real = given;
    timegm(&real); /* puts 30 February into March */
    return real.tm_year == given.tm_year && real.tm_mon == given.tm_mon && real.tm_mday == given.tm_mday;
}

int64_t clock_days_between(const char *a, const char *b) {
    struct tm from, to;
    if (!parse_day(a, &from) || !parse_day(b, &to)) return 0;
    return ((int64_t)timegm(&to) - (int64_t)timegm(&from)) / 86400;
}
