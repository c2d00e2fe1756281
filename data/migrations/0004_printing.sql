-- Printing that people can steer, and what the till learned of each unit.

-- A printer that a person told to wait: its tickets stay queued until somebody lets it go on.
CREATE TABLE printer_pause (
    printer  TEXT PRIMARY KEY,
    at       INTEGER NOT NULL,
    staff_id INTEGER REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

-- A station whose tickets go to another printer than the site file says, until somebody sends them home.
CREATE TABLE station_route (
    station  TEXT PRIMARY KEY,
    printer  TEXT NOT NULL,
    at       INTEGER NOT NULL,
    staff_id INTEGER REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

-- What a unit (USB: VID:PID:SERIAL, or VID:PID@PORT without one; TCP: HOST:PORT) was found to answer, so that it need not be asked at each
-- connection. 1: it does, 0: it does not, which is believed for a day.
CREATE TABLE printer_unit (
    unit       TEXT PRIMARY KEY,
    process_id INTEGER CHECK (process_id IN (0, 1)), -- GS ( H fn 48; NULL: never asked
    ordered    INTEGER CHECK (ordered IN (0, 1)),    -- GS r 1; NULL: never asked
    learned_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How far old tickets were let go (the site's keep_print_jobs_days): those up to this id were looked at. One row, or none yet.
CREATE TABLE print_job_kept (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    upto INTEGER NOT NULL
) STRICT;

-- The repetitions of a ticket, which are few.
CREATE INDEX print_job_by_first ON print_job (copy_of) WHERE copy_of IS NOT NULL;

-- Drawers opened without a sale, which the X and the Z count.
CREATE INDEX journal_by_drawer ON journal (shift_id) WHERE kind = 'drawer_opened';
