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

-- What a unit (USB: VID:PID:serial; TCP: host:port) was found to answer, so that it need not be asked at each start. 1: it does, 0: it does not.
CREATE TABLE printer_unit (
    unit       TEXT PRIMARY KEY,
    process_id INTEGER NOT NULL CHECK (process_id IN (0, 1)), -- GS ( H fn 48
    ordered    INTEGER NOT NULL CHECK (ordered IN (0, 1)),    -- GS r 1
    learned_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
