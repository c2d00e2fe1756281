-- The first schema: people, menu, shifts, orders, bills, payments, numbering, paper, journal, idempotency.
-- Times are milliseconds since 1970 UTC; amounts whole pesos; rates basis points; ids of the menu and the site are slugs.
-- What must always hold is a constraint or a trigger here, not a check somewhere in code.
-- Lists of more than two stand as OR in the tables written with every order: an IN builds a table anew for each row (measured: 30 µs an order).
-- Only functions that SQLite marks innocuous may stand here (trusted_schema is OFF); json_valid is not one before 3.41.

CREATE TABLE staff (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
    role       TEXT NOT NULL CHECK (role IN ('cook', 'waiter', 'cashier', 'manager', 'administrator')),
    pin_hash   TEXT NOT NULL CHECK (pin_hash LIKE '$argon2id$%'),
    active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

-- Wrong PINs, counted per person and per device ("staff:3", "device:till-1"). A right one deletes the row.
CREATE TABLE pin_throttle (
    scope        TEXT PRIMARY KEY,
    failures     INTEGER NOT NULL CHECK (failures > 0),
    locked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A session is known by the BLAKE2b hash of its token: a stolen database gives no token away.
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    staff_id   INTEGER NOT NULL REFERENCES staff (id),
    device     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_staff ON session (staff_id);

CREATE TABLE menu_version (
    id         INTEGER PRIMARY KEY,
    document   TEXT NOT NULL CHECK (document GLOB '{*}'),
    staff_id   INTEGER REFERENCES staff (id), -- NULL: published from the site's file at the first start
    created_at INTEGER NOT NULL
) STRICT;

-- What is sold out now, and how many are left where that is counted (NULL: not counted). No row: the menu's own default.
CREATE TABLE item_availability (
    item       TEXT PRIMARY KEY,
    available  INTEGER NOT NULL CHECK (available IN (0, 1)),
    remaining  INTEGER CHECK (remaining >= 0),
    updated_at INTEGER NOT NULL,
    CHECK (remaining IS NULL OR remaining > 0 OR available = 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE shift (
    id           INTEGER PRIMARY KEY,
    till         TEXT NOT NULL DEFAULT 'caja-1',
    business_day TEXT NOT NULL CHECK (business_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    float_amount INTEGER NOT NULL CHECK (float_amount >= 0),
    opened_by    INTEGER NOT NULL REFERENCES staff (id),
    opened_at    INTEGER NOT NULL,
    next_number  INTEGER NOT NULL DEFAULT 1 CHECK (next_number > 0), -- the next called number
    state        TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
    closed_by    INTEGER REFERENCES staff (id),
    closed_at    INTEGER,
    expected     INTEGER,
    counted      INTEGER CHECK (counted >= 0),
    difference   INTEGER,
    z_number     INTEGER UNIQUE CHECK (z_number > 0),
    z_head       TEXT, -- the journal's chain head when it closed, as printed
    CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CHECK ((state = 'closed') = (z_number IS NOT NULL)),
    CHECK ((state = 'closed') = (difference IS NOT NULL AND expected IS NOT NULL AND counted IS NOT NULL)),
    CHECK (state = 'open' OR difference = counted - expected)
) STRICT;
CREATE UNIQUE INDEX shift_one_open_per_till ON shift (till) WHERE state = 'open';
CREATE INDEX shift_by_day ON shift (business_day);

CREATE TABLE shift_count (
    shift_id     INTEGER NOT NULL REFERENCES shift (id),
    denomination INTEGER NOT NULL CHECK (denomination > 0),
    pieces       INTEGER NOT NULL CHECK (pieces >= 0),
    PRIMARY KEY (shift_id, denomination)
) STRICT, WITHOUT ROWID;

CREATE TABLE cash_movement (
    id       INTEGER PRIMARY KEY,
    shift_id INTEGER NOT NULL REFERENCES shift (id),
    kind     TEXT NOT NULL CHECK (kind IN ('in', 'out', 'tip_payout')),
    amount   INTEGER NOT NULL CHECK (amount > 0),
    reason   TEXT NOT NULL CHECK (length(reason) > 0),
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX cash_movement_by_shift ON cash_movement (shift_id);

-- open: nothing sent yet · sent: the kitchen knows of it · paid: document issued · closed: its shift has its Z · voided.
CREATE TABLE orders (
    id           INTEGER PRIMARY KEY,
    shift_id     INTEGER NOT NULL REFERENCES shift (id), -- where it was opened
    number       INTEGER NOT NULL CHECK (number > 0),    -- called number, per shift
    kind         TEXT NOT NULL CHECK (kind = 'table' OR kind = 'counter' OR kind = 'takeaway' OR kind = 'truck'),
    table_slug   TEXT CHECK ((kind = 'table') = (table_slug IS NOT NULL)),
    name         TEXT NOT NULL DEFAULT '',
    covers       INTEGER CHECK (covers BETWEEN 1 AND 99),
    state        TEXT NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'sent' OR state = 'paid' OR state = 'closed' OR state = 'voided'),
    version      INTEGER NOT NULL DEFAULT 1,
    sends        INTEGER NOT NULL DEFAULT 0 CHECK (sends >= 0), -- how often something went to the kitchen
    tip_state    TEXT NOT NULL DEFAULT 'unasked' CHECK (tip_state = 'unasked' OR tip_state = 'declined' OR tip_state = 'set'),
    tip          INTEGER NOT NULL DEFAULT 0 CHECK (tip >= 0 AND (tip = 0 OR tip_state = 'set')),
    menu_version INTEGER NOT NULL REFERENCES menu_version (id),
    opened_by    INTEGER NOT NULL REFERENCES staff (id),
    device       TEXT NOT NULL,
    opened_at    INTEGER NOT NULL,
    ended_at     INTEGER, -- paid or voided
    void_reason  TEXT,
    CHECK ((state = 'paid' OR state = 'closed' OR state = 'voided') = (ended_at IS NOT NULL)),
    CHECK ((state = 'voided') = (void_reason IS NOT NULL)),
    UNIQUE (shift_id, number)
) STRICT;
CREATE INDEX orders_open ON orders (id) WHERE state IN ('open', 'sent');
CREATE INDEX orders_by_shift ON orders (shift_id, state);
CREATE INDEX orders_voided ON orders (ended_at) WHERE state = 'voided';

-- What was sold: names, price and tax stand here as they were. The quantity never changes; voids and removals count up.
CREATE TABLE order_line (
    id         INTEGER PRIMARY KEY,
    order_id   INTEGER NOT NULL REFERENCES orders (id),
    item       TEXT NOT NULL,
    name       TEXT NOT NULL,
    category   TEXT NOT NULL,
    course     TEXT,
    seat       INTEGER CHECK (seat BETWEEN 1 AND 99),
    quantity   INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 999),
    voided     INTEGER NOT NULL DEFAULT 0 CHECK (voided BETWEEN 0 AND quantity), -- removed before sending or voided after
    unit_price INTEGER NOT NULL CHECK (unit_price >= 0), -- with its options, tax included
    tax        TEXT NOT NULL,
    tax_name   TEXT NOT NULL,
    tax_rate   INTEGER NOT NULL CHECK (tax_rate BETWEEN 0 AND 10000),
    note       TEXT NOT NULL DEFAULT '',
    told       INTEGER NOT NULL DEFAULT 0 CHECK (told >= 0), -- of a line without parts (nothing is cooked): how many a send has passed over
    added_by   INTEGER NOT NULL REFERENCES staff (id),
    added_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX order_line_by_order ON order_line (order_id);

CREATE TABLE order_line_option (
    line_id      INTEGER NOT NULL REFERENCES order_line (id),
    position     INTEGER NOT NULL,
    option_group TEXT NOT NULL,
    option       TEXT NOT NULL,
    name         TEXT NOT NULL,
    quantity     INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    price        INTEGER NOT NULL CHECK (price >= 0), -- of one
    PRIMARY KEY (line_id, position)
) STRICT, WITHOUT ROWID;

-- What a station cooks: one row a dish and station. A plain item has one, a fixed-price menu one for each component.
-- `told` is how many the kitchen believes in; a send prints (quantity - voided) × per_line - told, and sets it.
CREATE TABLE order_part (
    id        INTEGER PRIMARY KEY,
    line_id   INTEGER NOT NULL REFERENCES order_line (id),
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    station   TEXT NOT NULL,
    course    TEXT,
    name      TEXT NOT NULL,
    modifiers TEXT NOT NULL DEFAULT '', -- "sin cebolla · titoté aparte", as printed
    allergens TEXT NOT NULL DEFAULT '',
    per_line  INTEGER NOT NULL DEFAULT 1 CHECK (per_line BETWEEN 1 AND 99),
    told      INTEGER NOT NULL DEFAULT 0 CHECK (told >= 0),
    held      INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1))
) STRICT;
CREATE INDEX order_part_by_order ON order_part (order_id);
CREATE INDEX order_part_by_line ON order_part (line_id);

CREATE TABLE line_void (
    id          INTEGER PRIMARY KEY,
    line_id     INTEGER NOT NULL REFERENCES order_line (id),
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    quantity    INTEGER NOT NULL CHECK (quantity > 0),
    sent        INTEGER NOT NULL CHECK (sent IN (0, 1)), -- 0: removed before the kitchen knew
    reason      TEXT NOT NULL,
    staff_id    INTEGER NOT NULL REFERENCES staff (id),
    approved_by INTEGER REFERENCES staff (id),
    at          INTEGER NOT NULL,
    CHECK (sent = 0 OR length(reason) > 0)
) STRICT;
CREATE INDEX line_void_by_order ON line_void (order_id);
CREATE INDEX line_void_by_time ON line_void (at) WHERE sent = 1;

-- A check of an order: what one party pays. One for an order that is not split. Totals stand here from the moment it is paid.
CREATE TABLE bill (
    id         INTEGER PRIMARY KEY,
    order_id   INTEGER NOT NULL REFERENCES orders (id),
    position   INTEGER NOT NULL DEFAULT 1,
    state      TEXT NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'paid' OR state = 'voided'),
    shift_id   INTEGER REFERENCES shift (id), -- where it was paid
    gross      INTEGER CHECK (gross >= 0),    -- before discounts
    discount   INTEGER CHECK (discount >= 0),
    net        INTEGER CHECK (net = gross - discount),
    base       INTEGER CHECK (base >= 0),
    tax        INTEGER CHECK (tax = net - base),
    tip        INTEGER CHECK (tip >= 0),
    due        INTEGER CHECK (due = net + tip),
    paid_at    INTEGER,
    CHECK ((state = 'paid') = (paid_at IS NOT NULL)),
    CHECK ((state = 'paid') = (due IS NOT NULL AND shift_id IS NOT NULL)),
    UNIQUE (order_id, position)
) STRICT;
CREATE INDEX bill_by_shift ON bill (shift_id) WHERE state = 'paid';

CREATE TABLE bill_tax (
    bill_id INTEGER NOT NULL REFERENCES bill (id),
    rate    INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 10000),
    tax     TEXT NOT NULL,
    name    TEXT NOT NULL,
    gross   INTEGER NOT NULL CHECK (gross >= 0), -- after discounts, tax included
    base    INTEGER NOT NULL CHECK (base >= 0),
    amount  INTEGER NOT NULL CHECK (amount = gross - base),
    PRIMARY KEY (bill_id, tax, rate) -- a category whose rate changed while the order was open has two rows
) STRICT, WITHOUT ROWID;

-- The lines of a paid bill with their exact shares: they add up to the bill's figures.
CREATE TABLE bill_line (
    bill_id  INTEGER NOT NULL REFERENCES bill (id),
    line_id  INTEGER NOT NULL REFERENCES order_line (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    gross    INTEGER NOT NULL CHECK (gross >= 0),
    discount INTEGER NOT NULL CHECK (discount BETWEEN 0 AND gross),
    net      INTEGER NOT NULL CHECK (net = gross - discount),
    base     INTEGER NOT NULL CHECK (base >= 0),
    tax      INTEGER NOT NULL CHECK (tax = net - base),
    PRIMARY KEY (bill_id, line_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bill_line_by_line ON bill_line (line_id);

CREATE TABLE payment (
    id         INTEGER PRIMARY KEY,
    bill_id    INTEGER NOT NULL REFERENCES bill (id),
    order_id   INTEGER NOT NULL REFERENCES orders (id),
    shift_id   INTEGER NOT NULL REFERENCES shift (id),
    kind       TEXT NOT NULL CHECK (kind = 'cash' OR kind = 'debit' OR kind = 'credit' OR kind = 'transfer'),
    means      TEXT NOT NULL,                         -- slug of the site's means: "nequi"
    amount     INTEGER NOT NULL CHECK (amount >= 0),  -- how much of the due it settles
    charged    INTEGER NOT NULL CHECK (charged >= 0), -- what the guest was asked for: rounded down for cash
    adjustment INTEGER NOT NULL CHECK (adjustment = charged - amount AND adjustment <= 0),
    tendered   INTEGER NOT NULL CHECK (tendered >= charged),
    change     INTEGER NOT NULL CHECK (change = tendered - charged),
    reference  TEXT,
    staff_id   INTEGER NOT NULL REFERENCES staff (id),
    at         INTEGER NOT NULL,
    CHECK (kind = 'cash' OR (adjustment = 0 AND change = 0))
) STRICT;
CREATE INDEX payment_by_bill ON payment (bill_id);
CREATE INDEX payment_by_shift ON payment (shift_id);

-- A numbering authorisation. `next` is the number the next document gets; to + 1 when exhausted.
CREATE TABLE number_range (
    id              INTEGER PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('pos')),
    prefix          TEXT NOT NULL CHECK (length(prefix) <= 4),
    first           INTEGER NOT NULL CHECK (first > 0),
    last            INTEGER NOT NULL CHECK (last >= first),
    next            INTEGER NOT NULL CHECK (next BETWEEN first AND last + 1),
    valid_from      TEXT NOT NULL,
    valid_until     TEXT NOT NULL CHECK (valid_until >= valid_from),
    resolution      TEXT NOT NULL,
    resolution_date TEXT NOT NULL,
    UNIQUE (kind, prefix, resolution)
) STRICT;

CREATE TABLE fiscal_document (
    id               INTEGER PRIMARY KEY,
    bill_id          INTEGER NOT NULL UNIQUE REFERENCES bill (id),
    range_id         INTEGER NOT NULL REFERENCES number_range (id),
    prefix           TEXT NOT NULL,
    number           INTEGER NOT NULL,
    issued_at        INTEGER NOT NULL,
    cude             TEXT,                               -- SHA-384 of the electronic document, once there is one
    needs_electronic INTEGER NOT NULL DEFAULT 0 CHECK (needs_electronic IN (0, 1)),
    buyer            TEXT CHECK (buyer IS NULL OR buyer GLOB '{*}'),
    CHECK (needs_electronic = 0 OR buyer IS NOT NULL),
    UNIQUE (range_id, number),
    UNIQUE (prefix, number)
) STRICT;

-- The outbox. States and their transitions: printer/spooler.h.
CREATE TABLE print_job (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,
    printer    TEXT NOT NULL,
    station    TEXT,
    sequence   INTEGER CHECK (sequence > 0),
    order_id   INTEGER REFERENCES orders (id),
    shift_id   INTEGER REFERENCES shift (id),
    state      TEXT NOT NULL DEFAULT 'queued' CHECK (state = 'queued' OR state = 'sending' OR state = 'sent' OR state = 'printed' OR state = 'unknown' OR state = 'failed'),
    evidence   TEXT CHECK (evidence = 'A' OR evidence = 'B' OR evidence = 'C' OR evidence = 'D'),
    reason     TEXT,
    copy       INTEGER NOT NULL DEFAULT 0 CHECK (copy IN (0, 1)),
    duplicate  INTEGER NOT NULL DEFAULT 0 CHECK (duplicate >= 0),
    fallback_for TEXT,
    practice   INTEGER NOT NULL DEFAULT 0 CHECK (practice IN (0, 1)),
    copy_of    INTEGER REFERENCES print_job (id),
    attempts   INTEGER NOT NULL DEFAULT 0,
    document   TEXT NOT NULL CHECK (document GLOB '{*}'),
    created_at INTEGER NOT NULL,
    printed_at INTEGER,
    CHECK ((station IS NULL) = (sequence IS NULL)),
    CHECK (state <> 'printed' OR evidence IS NOT NULL)
) STRICT;
-- One first printing for each number of a station; copies share it.
CREATE UNIQUE INDEX print_job_sequence ON print_job (station, sequence) WHERE station IS NOT NULL AND copy_of IS NULL;
CREATE INDEX print_job_waiting ON print_job (printer, id) WHERE state IN ('queued', 'sending', 'sent', 'unknown');
CREATE INDEX print_job_by_order ON print_job (order_id);

CREATE TABLE station_sequence (
    station TEXT PRIMARY KEY,
    last    INTEGER NOT NULL CHECK (last > 0)
) STRICT, WITHOUT ROWID;

-- Every act that touches money, stock or people. hash = keyed BLAKE2b-256 over (previous hash ‖ the canonical entry).
CREATE TABLE journal (
    seq         INTEGER PRIMARY KEY CHECK (seq > 0),
    at          INTEGER NOT NULL,
    staff_id    INTEGER REFERENCES staff (id), -- NULL: the till itself (start, migration, console)
    device      TEXT NOT NULL,
    approved_by INTEGER REFERENCES staff (id),
    kind        TEXT NOT NULL,
    order_id    INTEGER,
    shift_id    INTEGER,
    detail      TEXT NOT NULL CHECK (detail GLOB '{*}'),
    hash        BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX journal_by_order ON journal (order_id) WHERE order_id IS NOT NULL;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal entries are never deleted'); END;
CREATE TRIGGER menu_version_no_update BEFORE UPDATE ON menu_version BEGIN SELECT RAISE(ABORT, 'a published menu is never changed'); END;
CREATE TRIGGER menu_version_no_delete BEFORE DELETE ON menu_version BEGIN SELECT RAISE(ABORT, 'a published menu is never deleted'); END;
CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment BEGIN SELECT RAISE(ABORT, 'a payment is never changed'); END;
CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'a payment is never deleted'); END;
CREATE TRIGGER fiscal_document_no_delete BEFORE DELETE ON fiscal_document BEGIN SELECT RAISE(ABORT, 'a document is never deleted'); END;
CREATE TRIGGER bill_paid_is_final BEFORE UPDATE ON bill WHEN OLD.state = 'paid' BEGIN SELECT RAISE(ABORT, 'a paid bill is never changed'); END;
CREATE TRIGGER shift_closed_is_final BEFORE UPDATE ON shift WHEN OLD.state = 'closed' BEGIN SELECT RAISE(ABORT, 'a closed shift is never changed'); END;

-- The stored answer of every command. Rows older than a week are dropped when a shift closes.
CREATE TABLE idempotency (
    key          TEXT PRIMARY KEY,
    request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
    status       INTEGER NOT NULL,
    answer       TEXT NOT NULL,
    at           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_time ON idempotency (at);
