-- An order touches fewer pages. Each page a transaction touches is written to the log and synced, and a terminal waits for it.
-- The stored answers stood in the order of their random keys, two kilobytes a row: nearly every command read a cold page and split one.
-- Now an answer goes to the end of the table, and only a small index is in the order of the keys.
CREATE TABLE answer (
    id           INTEGER PRIMARY KEY, -- rises with time: what is too old stands at the front
    key          TEXT NOT NULL UNIQUE,
    request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
    status       INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    answer       TEXT NOT NULL
) STRICT;
INSERT INTO answer (key, request_hash, status, at, answer) SELECT key, request_hash, status, at, answer FROM idempotency ORDER BY at;
DROP TABLE idempotency;
ALTER TABLE answer RENAME TO idempotency;

-- One index finds the parts of an order and those of its line.
DROP INDEX order_part_by_order;
DROP INDEX order_part_by_line;
CREATE INDEX order_part_by_line ON order_part (order_id, line_id);
-- UNIQUE (shift_id, number) finds the orders of a shift.
DROP INDEX orders_by_shift;
