/* The two hashes of the door. */
#include "pos/http/request_hash.h"

#include <sodium.h>
#include <string.h>

/* Without its secrets: a PIN must not be found again by trying all of them against a stored hash, so it is left out, and the hash
 * is keyed with a key that is not in the database. */
void request_hash(struct request *r) {
    const char *body = r->body_size ? r->body : "";
    size_t size = r->body_size;
    if (json_has(r->json, "approval") || json_has(r->json, "pin")) {
        struct json rest = json_new_object(r->arena);
        JSON_EACH(member, r->json) {
            const char *key = json_key(member);
            if (strcmp(key, "approval") != 0 && strcmp(key, "pin") != 0) json_set_copy(rest, key, member);
        }
        body = json_print(rest, r->arena, &size);
    }
    crypto_generichash_state state;
    crypto_generichash_init(&state, r->till->journal_key, sizeof r->till->journal_key, sizeof r->command.key.request_hash);
    crypto_generichash_update(&state, (const unsigned char *)r->method, strlen(r->method) + 1);
    crypto_generichash_update(&state, (const unsigned char *)r->path, strlen(r->path) + 1);
    crypto_generichash_update(&state, (const unsigned char *)body, size);
    crypto_generichash_final(&state, r->command.key.request_hash, sizeof r->command.key.request_hash);
}

void content_tag(const void *bytes, size_t size, char out[CONTENT_TAG_MAX]) {
    unsigned char hash[16];
    crypto_generichash(hash, sizeof hash, bytes, size, NULL, 0);
    out[0] = '"';
    sodium_bin2hex(out + 1, CONTENT_TAG_MAX - 1, hash, 15);
    out[31] = '"';
    out[32] = '\0';
}
