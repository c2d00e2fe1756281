/* Looks at the head of a site's logo when the site is read, so that a wrong file is told with all other faults. The picture
 * itself is decoded in the printer room (printer/logo.h), which the data room does not know. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "data/site_read.h"

enum { HEAD_BYTES = 24, LOGO_BYTES_MAX = 1 << 20, PAPER_DOTS = 576, DOTS_A_MM = 8 };

static uint32_t big_endian(const uint8_t *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Signature, then the first chunk: its length, IHDR, width, height (PNG specification, 5.2 and 11.2.2). */
static bool is_png(const uint8_t head[HEAD_BYTES]) {
    return memcmp(head, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) == 0;
}

/* Rows on the widest paper, where a logo is the tallest. */
static int64_t rows_on_paper(uint32_t width, uint32_t height) {
    return width <= PAPER_DOTS ? height : (int64_t)height * PAPER_DOTS / width;
}

static void check_size(struct json root, const char *file, const uint8_t head[HEAD_BYTES]) {
    uint32_t width = big_endian(head + 16), height = big_endian(head + 20);
    if (width == 0 || height == 0 || width > SITE_LOGO_SIDE_MAX || height > SITE_LOGO_SIDE_MAX)
        json_add_fault(root, "receipt_logo", "%s: %u × %u pixels, at most %d × %d", file, width, height, SITE_LOGO_SIDE_MAX,
                       SITE_LOGO_SIDE_MAX);
    else if (rows_on_paper(width, height) > SITE_LOGO_ROWS_MAX)
        json_add_fault(root, "receipt_logo", "%s: %d mm tall on paper, at most %d", file,
                       (int)((rows_on_paper(width, height) + DOTS_A_MM - 1) / DOTS_A_MM), SITE_LOGO_ROWS_MAX / DOTS_A_MM);
}

void site_check_logo(struct json root, const char *file) {
    uint8_t head[HEAD_BYTES];
    struct stat status;
    FILE *f = fopen(file, "rbe");
    if (!f || fstat(fileno(f), &status) != 0) {
        json_add_fault(root, "receipt_logo", "%s: %s", file, strerror(errno));
        if (f) fclose(f);
        return;
    }
    bool whole = fread(head, 1, sizeof head, f) == sizeof head;
    fclose(f);
    if (!whole || !is_png(head))
        json_add_fault(root, "receipt_logo", "%s: is not a PNG", file);
    else if (status.st_size > LOGO_BYTES_MAX)
        json_add_fault(root, "receipt_logo", "%s: larger than %d KB", file, LOGO_BYTES_MAX / 1024);
    else
        check_size(root, file, head);
}
