-- What an order and its bill can go through: discounts, splits, refunds, another table, another waiter, another order.

ALTER TABLE orders ADD COLUMN served_by INTEGER REFERENCES staff (id); -- NULL: who opened it serves it still
ALTER TABLE orders ADD COLUMN merged_into INTEGER REFERENCES orders (id) CHECK (merged_into IS NULL OR state = 'voided');

-- A split fixes the figures of its checks: their bill_line and bill_tax rows stand from then on, and lines added later are a further check.
ALTER TABLE bill ADD COLUMN split INTEGER CHECK (split > 0);      -- checks of one split share it, per order; NULL: whatever no split has fixed
ALTER TABLE bill ADD COLUMN label TEXT NOT NULL DEFAULT '';       -- "Puesto 2", "Parte 1 de 3"
ALTER TABLE bill ADD COLUMN tip_state TEXT NOT NULL DEFAULT 'unasked' -- of a fixed check; any other has its order's
    CHECK (tip_state = 'unasked' OR tip_state = 'declined' OR tip_state = 'set');
ALTER TABLE bill ADD COLUMN tip_wanted INTEGER NOT NULL DEFAULT 0 CHECK (tip_wanted >= 0 AND (tip_wanted = 0 OR tip_state = 'set'));
ALTER TABLE bill ADD COLUMN courtesy INTEGER CHECK (courtesy BETWEEN 0 AND discount); -- what of the discount was given away; NULL until paid

-- An even share of one dish is no whole dish: the quantities of the shares add up to the line's, and some are 0.
CREATE TABLE bill_share (
    bill_id  INTEGER NOT NULL REFERENCES bill (id),
    line_id  INTEGER NOT NULL REFERENCES order_line (id),
    quantity INTEGER NOT NULL CHECK (quantity >= 0),
    gross    INTEGER NOT NULL CHECK (gross >= 0),
    discount INTEGER NOT NULL CHECK (discount BETWEEN 0 AND gross),
    courtesy INTEGER NOT NULL DEFAULT 0 CHECK (courtesy BETWEEN 0 AND discount),
    net      INTEGER NOT NULL CHECK (net = gross - discount),
    base     INTEGER NOT NULL CHECK (base >= 0),
    tax      INTEGER NOT NULL CHECK (tax = net - base),
    PRIMARY KEY (bill_id, line_id)
) STRICT, WITHOUT ROWID;
INSERT INTO bill_share (bill_id, line_id, quantity, gross, discount, net, base, tax)
    SELECT bill_id, line_id, quantity, gross, discount, net, base, tax FROM bill_line;
DROP TABLE bill_line;
ALTER TABLE bill_share RENAME TO bill_line;
CREATE INDEX bill_line_by_line ON bill_line (line_id);
CREATE TRIGGER bill_line_no_update BEFORE UPDATE ON bill_line WHEN (SELECT state FROM bill WHERE id = OLD.bill_id) = 'paid'
    BEGIN SELECT RAISE(ABORT, 'a paid bill is never changed'); END;
CREATE TRIGGER bill_line_no_delete BEFORE DELETE ON bill_line WHEN (SELECT state FROM bill WHERE id = OLD.bill_id) = 'paid'
    BEGIN SELECT RAISE(ABORT, 'a paid bill is never changed'); END;

-- Off a line or off the whole, a share or an amount. Taken off again while nothing is paid: the row stays, with who and when.
CREATE TABLE discount (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    line_id     INTEGER REFERENCES order_line (id), -- NULL: of the whole check
    split       INTEGER CHECK (split > 0),          -- the split that fixed it in its checks; NULL: it still counts afresh
    bill_id     INTEGER REFERENCES bill (id),       -- a check it counted in that was refunded so that its order is sold anew: a copy counts in its place
    kind        TEXT NOT NULL CHECK (kind = 'discount' OR kind = 'courtesy'),
    percent     INTEGER CHECK (percent BETWEEN 1 AND 10000), -- basis points
    amount      INTEGER CHECK (amount > 0),
    value       INTEGER CHECK (value >= 0),         -- what it came to, once a split or a payment has fixed it
    reason      TEXT NOT NULL CHECK (length(reason) > 0),
    staff_id    INTEGER NOT NULL REFERENCES staff (id),
    approved_by INTEGER REFERENCES staff (id),
    at          INTEGER NOT NULL,
    removed_by  INTEGER REFERENCES staff (id),
    removed_at  INTEGER,
    CHECK ((percent IS NULL) <> (amount IS NULL)),
    CHECK ((removed_by IS NULL) = (removed_at IS NULL))
) STRICT;
CREATE INDEX discount_by_order ON discount (order_id);
CREATE TRIGGER discount_no_delete BEFORE DELETE ON discount BEGIN SELECT RAISE(ABORT, 'a discount is never deleted'); END;

-- What was given back of a paid bill, mirroring its stored figures. A bill may have several until nothing is left of it.
CREATE TABLE refund (
    id          INTEGER PRIMARY KEY,
    number      INTEGER NOT NULL UNIQUE CHECK (number > 0), -- consecutive, as printed
    bill_id     INTEGER NOT NULL REFERENCES bill (id),
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    shift_id    INTEGER NOT NULL REFERENCES shift (id),     -- whose drawer gave the money back
    gross       INTEGER NOT NULL CHECK (gross >= 0),
    discount    INTEGER NOT NULL CHECK (discount BETWEEN 0 AND gross),
    courtesy    INTEGER NOT NULL CHECK (courtesy BETWEEN 0 AND discount),
    net         INTEGER NOT NULL CHECK (net = gross - discount),
    base        INTEGER NOT NULL CHECK (base >= 0),
    tax         INTEGER NOT NULL CHECK (tax = net - base),
    tip         INTEGER NOT NULL CHECK (tip >= 0),
    total       INTEGER NOT NULL CHECK (total = net + tip),
    reopens     INTEGER NOT NULL DEFAULT 0 CHECK (reopens IN (0, 1)), -- all of it, so that its order is sold anew
    reason      TEXT NOT NULL CHECK (length(reason) > 0),
    staff_id    INTEGER NOT NULL REFERENCES staff (id),
    approved_by INTEGER REFERENCES staff (id),
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX refund_by_bill ON refund (bill_id);
CREATE INDEX refund_by_order ON refund (order_id);
CREATE INDEX refund_by_shift ON refund (shift_id);

CREATE TABLE refund_line (
    refund_id INTEGER NOT NULL REFERENCES refund (id),
    line_id   INTEGER NOT NULL REFERENCES order_line (id),
    quantity  INTEGER NOT NULL CHECK (quantity >= 0),
    gross     INTEGER NOT NULL CHECK (gross >= 0),
    discount  INTEGER NOT NULL CHECK (discount BETWEEN 0 AND gross),
    courtesy  INTEGER NOT NULL CHECK (courtesy BETWEEN 0 AND discount),
    net       INTEGER NOT NULL CHECK (net = gross - discount),
    base      INTEGER NOT NULL CHECK (base >= 0),
    tax       INTEGER NOT NULL CHECK (tax = net - base),
    PRIMARY KEY (refund_id, line_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE refund_tax (
    refund_id INTEGER NOT NULL REFERENCES refund (id),
    rate      INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 10000),
    tax       TEXT NOT NULL,
    name      TEXT NOT NULL,
    gross     INTEGER NOT NULL CHECK (gross >= 0),
    base      INTEGER NOT NULL CHECK (base >= 0),
    amount    INTEGER NOT NULL CHECK (amount = gross - base),
    PRIMARY KEY (refund_id, tax, rate)
) STRICT, WITHOUT ROWID;

-- The way the money went back: as it came.
CREATE TABLE refund_payment (
    refund_id  INTEGER NOT NULL REFERENCES refund (id),
    payment_id INTEGER NOT NULL REFERENCES payment (id),
    kind       TEXT NOT NULL CHECK (kind = 'cash' OR kind = 'debit' OR kind = 'credit' OR kind = 'transfer'),
    means      TEXT NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount >= 0),  -- how much of the refund's total
    charged    INTEGER NOT NULL CHECK (charged >= 0), -- what was handed over: cash in whole coins
    PRIMARY KEY (refund_id, payment_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER refund_no_update BEFORE UPDATE ON refund BEGIN SELECT RAISE(ABORT, 'a refund is never changed'); END;
CREATE TRIGGER refund_no_delete BEFORE DELETE ON refund BEGIN SELECT RAISE(ABORT, 'a refund is never deleted'); END;
CREATE TRIGGER refund_payment_no_update BEFORE UPDATE ON refund_payment BEGIN SELECT RAISE(ABORT, 'a refund is never changed'); END;
CREATE TRIGGER refund_payment_no_delete BEFORE DELETE ON refund_payment BEGIN SELECT RAISE(ABORT, 'a refund is never deleted'); END;

-- The checks that an order consists of: what was refunded whole so that it is sold anew is history, its lines are free again.
CREATE VIEW bill_counting AS
    SELECT * FROM bill WHERE state <> 'voided' AND NOT EXISTS (SELECT 1 FROM refund WHERE refund.bill_id = bill.id AND reopens = 1);
