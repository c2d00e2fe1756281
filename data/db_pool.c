/* A small pool of reading connections. */
#include <pthread.h>
#include <stdlib.h>

#include "data/db.h"

struct db_pool {
    pthread_mutex_t lock;
    pthread_cond_t given;
    size_t count, free_count;
    struct db **all, **free;
};

bool db_pool_open(const char *path, size_t count, struct db_pool **out, struct error *e) {
    struct db_pool *pool = calloc(1, sizeof *pool);
    struct db **all = calloc(2 * count, sizeof *all); /* both lists */
    if (!pool || !all) {
        free(pool);
        free(all);
        return error_fail(e, ERROR_INTERNAL, "no_memory", "%s: no memory for %zu readers", path, count);
    }
    pool->all = all;
    pool->free = all + count;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->given, NULL);
    for (; pool->count < count; pool->count++) {
        if (!db_open(path, DB_READER, &all[pool->count], e)) {
            db_pool_close(pool);
            return false;
        }
        pool->free[pool->free_count++] = all[pool->count];
    }
    *out = pool;
    return true;
}

void db_pool_close(struct db_pool *pool) {
    if (!pool) return;
    for (size_t i = 0; i < pool->count; i++) db_close(pool->all[i]);
    pthread_cond_destroy(&pool->given);
    pthread_mutex_destroy(&pool->lock);
    free(pool->all);
    free(pool);
}

/* The last given is taken first: its page cache is warm. */
struct db *db_pool_take(struct db_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    while (pool->free_count == 0) pthread_cond_wait(&pool->given, &pool->lock);
    struct db *db = pool->free[--pool->free_count];
    pthread_mutex_unlock(&pool->lock);
    return db;
}

void db_pool_give(struct db_pool *pool, struct db *db) {
    pthread_mutex_lock(&pool->lock);
    pool->free[pool->free_count++] = db;
    pthread_mutex_unlock(&pool->lock);
    pthread_cond_signal(&pool->given);
}
