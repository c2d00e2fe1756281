/* Printer profiles: what a model can do, as data (the files in printer/profiles, embedded), never as code. */
#ifndef COMANDA_PRINTER_PROFILE_H
#define COMANDA_PRINTER_PROFILE_H

#include <stddef.h>
#include <stdint.h>

#include "data/arena.h"
#include "data/error.h"

struct codepages; /* printer/codepage.h */
struct bitmap;    /* printer/bitmap.h */
enum printer_codepage { CODEPAGE_PC850, CODEPAGE_PC858, CODEPAGE_WPC1252, CODEPAGE_COUNT };
enum printer_cut { CUT_NONE, CUT_PARTIAL, CUT_FULL, CUT_BOTH };        /* what its cutter can leave */
enum printer_buzzer { BUZZER_NONE, BUZZER_ESC_B, BUZZER_ESC_PAREN_A }; /* ESC B n t · ESC ( A function 97 */
enum printer_pictures {
    PICTURES_RASTER, /* GS v 0 for pictures, ESC * 33 for characters in no page */
    PICTURES_8_DOT   /* ESC * 0: bands of eight dots, for pictures only */
};

struct printer_profile {
    const char *slug, *name;
    int32_t columns; /* 48, 42 or 32 in font A; an impact printer's 42, 40 or 33 */
    int32_t dots;    /* printable width in dots: 576, 512, 384; an impact printer's 12 a column, for the picture of its paper */
    enum printer_pictures pictures;
    int32_t picture_dots;                     /* of its pictures across the paper: the same, but 200 on an impact printer */
    const enum printer_codepage *codepages;   /* in order of preference */
    int32_t codepage_count;                   /* at least 1 */
    int32_t codepage_numbers[CODEPAGE_COUNT]; /* n of ESC t n; -1 when the model lacks it */
    enum printer_cut cut;
    int32_t cut_feed;  /* motion units (n of GS V 65 and 66) beyond the cutter, before it cuts */
    int32_t tear_feed; /* lines from the head to the tear bar of a printer without a cutter */
    enum printer_buzzer buzzer;
    bool drawer;                    /* ESC p, both outputs */
    bool native_qr;                 /* GS ( k */
    bool native_barcode;            /* GS k 73 */
    bool reverse;                   /* GS B: white on black */
    bool red;                       /* ESC r 1: a two-colour ribbon */
    int32_t mode_font;              /* sizes by ESC !, at most double, with this font bit (0: A, 1: B); -1: by GS ! */
    bool process_id;                /* GS ( H fn 48 acknowledges printing */
    bool ordered_status;            /* GS r 1 answers in its turn */
    bool realtime_status;           /* DLE EOT answers, and GS a sends status by itself */
    const struct codepages *tables; /* shared by all profiles of one profiles_load */
    const struct bitmap *logo;      /* picture_dots wide; NULL until profiles_set_logo */
};

/* NULL when unknown. Profiles are parsed once into the arena given to profiles_load. */
struct printer_profiles;
MUST_USE bool profiles_load(struct arena *a, struct printer_profiles **out, struct error *e);
const struct printer_profile *profile_find(const struct printer_profiles *p, const char *slug);
size_t profile_count(const struct printer_profiles *p);
const struct printer_profile *profile_at(const struct printer_profiles *p, size_t i);

/* Makes the logo ready for each paper there is, once: scaled down to its dots and dithered, in the middle. Before any thread
 * encodes. ERROR_INVALID "bad_logo": the file is no picture that logo_read takes. */
MUST_USE bool profiles_set_logo(struct printer_profiles *p, const char *file, struct arena *a, struct error *e);

#endif
