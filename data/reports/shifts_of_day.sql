-- Which shifts make up the business day ?1 (YYYY-MM-DD). A day is that of its shifts, not the calendar's: RULES say the cut-over decides.
SELECT id, till, state, opened_at, closed_at, z_number, float_amount AS float, expected, counted, difference
FROM shift
WHERE business_day = ?1
ORDER BY id;
