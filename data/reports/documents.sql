-- The first and the last document of these shifts, as printed. ?1: shift ids as a JSON array.
WITH issued AS (
    SELECT d.id AS id, CASE WHEN d.prefix = '' THEN '' ELSE d.prefix || '-' END || d.number AS text
    FROM fiscal_document d
    WHERE d.bill_id IN (SELECT id FROM bill WHERE state = 'paid' AND shift_id IN (SELECT value FROM json_each(?1)))
)
SELECT (SELECT text FROM issued ORDER BY id LIMIT 1) AS first, (SELECT text FROM issued ORDER BY id DESC LIMIT 1) AS last;
