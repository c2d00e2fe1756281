/* Printer profiles: what a model can do, as data (the files in printer/profiles, embedded), never as code. */
#ifndef COMANDA_PRINTER_PROFILE_H
#define COMANDA_PRINTER_PROFILE_H

#include <stddef.h>
#include <stdint.h>

#include "data/arena.h"
#include "data/error.h"

struct codepages; /* printer/codepage.h */
enum printer_codepage { CODEPAGE_PC850, CODEPAGE_PC858, CODEPAGE_WPC1252, CODEPAGE_COUNT };

struct printer_profile {
    const char *slug, *name;
    int32_t columns;                          /* font A: 48, 42 or 32 */
    int32_t dots;                             /* printable width in dots: 576, 512, 384 */
    const enum printer_codepage *codepages;   /* in order of preference */
    int32_t codepage_count;                   /* at least 1 */
    int32_t codepage_numbers[CODEPAGE_COUNT]; /* n of ESC t n; -1 when the model lacks it */
    bool cut, drawer, native_qr;
    bool buzzer;                    /* ESC B n t beeps */
    bool process_id;                /* GS ( H fn 48 acknowledges printing */
    bool realtime_status;           /* DLE EOT answers, and GS a sends status by itself */
    const struct codepages *tables; /* shared by all profiles of one profiles_load */
};

/* NULL when unknown. Profiles are parsed once into the arena given to profiles_load. */
struct printer_profiles;
MUST_USE bool profiles_load(struct arena *a, struct printer_profiles **out, struct error *e);
const struct printer_profile *profile_find(const struct printer_profiles *p, const char *slug);
size_t profile_count(const struct printer_profiles *p);
const struct printer_profile *profile_at(const struct printer_profiles *p, size_t i);

#endif
