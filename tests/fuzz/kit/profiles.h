/* The printer profiles of the binary, for the fuzz targets that print. */
#ifndef COMANDA_TESTS_FUZZ_PROFILES_H
#define COMANDA_TESTS_FUZZ_PROFILES_H

#include "printer/profile.h"
#include "tests/fuzz/kit/fuzz.h"

/* One of them, whatever the number. By name, so that a kept input means the same printer when profiles are added: new ones go to
 * the end. Loaded once, and never let go; their tables are read-only. */
static inline const struct printer_profile *fuzz_profile(uint8_t number) {
    static const char *const slugs[] = {"generic-58",       "generic-80",    "epson-tm-t88v",    "epson-tm-t20iii",
                                        "epson-tm-m30",     "pos-58",        "rongta-rp80",      "xprinter-xp80",
                                        "epson-tm-u220-33", "epson-tm-u220", "epson-tm-u220-42", "epson-tm-t20ii"};
    static struct arena *arena;
    static struct printer_profiles *profiles;
    struct error e;
    if (arena == NULL) {
        arena = arena_open();
        HOLDS(profiles_load(arena, &profiles, &e));
    }
    const struct printer_profile *profile = profile_find(profiles, slugs[number % (sizeof slugs / sizeof *slugs)]);
    HOLDS(profile != NULL);
    return profile;
}

#endif
