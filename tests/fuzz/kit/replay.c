/* Runs a fuzz target over the files named, without the engine: each kept input must hold. Says each name before it is tried, so
 * that the last one said is the culprit. */
#include "tests/fuzz/kit/fuzz.h"

static void replay(const char *path) {
    FILE *file = fopen(path, "rb");
    HOLDS(file != NULL);
    HOLDS(fseek(file, 0, SEEK_END) == 0);
    long size = ftell(file);
    HOLDS(size >= 0 && fseek(file, 0, SEEK_SET) == 0);
    uint8_t *bytes = malloc(size > 0 ? (size_t)size : 1); /* no byte more than the file has: the sanitizer watches its end */
    HOLDS(bytes != NULL && fread(bytes, 1, (size_t)size, file) == (size_t)size);
    fclose(file);
    LLVMFuzzerTestOneInput(bytes, (size_t)size);
    free(bytes);
}

int main(int argc, char **argv) {
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        puts(argv[i]);
        fflush(stdout);
        replay(argv[i]);
    }
    return argc > 1 ? 0 : 1;
}
