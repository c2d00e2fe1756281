/* What must hold between tables: each query names what breaks it, one line a row. */
#include "pos/core/verify_parts.h"

/* ---- bills, documents, shifts ---- */

static const char *const between[] = {
    "SELECT 'bill ' || b.id || ': ' || b.due || ' due, payments settle ' || coalesce((SELECT sum(amount) FROM payment WHERE "
    "bill_id = b.id), 0) "
    "FROM bill b WHERE b.state = 'paid' AND b.due <> coalesce((SELECT sum(amount) FROM payment WHERE bill_id = b.id), 0)",

    "SELECT 'bill ' || b.id || ': paid, and no document was issued for it' FROM bill b "
    "WHERE b.state = 'paid' AND NOT EXISTS (SELECT 1 FROM fiscal_document d WHERE d.bill_id = b.id)",

    "SELECT 'document ' || d.prefix || d.number || ': issued for bill ' || d.bill_id || ', which is not paid' FROM "
    "fiscal_document d "
    "JOIN bill b ON b.id = d.bill_id WHERE b.state <> 'paid'",

    /* Numbers: from the first to the one before `next`, each once. */
    "SELECT 'numbers ' || r.prefix || ' ' || r.resolution || ': ' || (r.next - r.first) || ' taken, ' || count(d.id) || ' "
    "documents' "
    "FROM number_range r LEFT JOIN fiscal_document d ON d.range_id = r.id GROUP BY r.id "
    "HAVING count(d.id) <> r.next - r.first OR (count(d.id) > 0 AND (min(d.number) <> r.first OR max(d.number) <> r.next - 1))",

    "SELECT 'Z numbers: ' || count(*) || ' closed shifts, the last is number ' || max(z_number) FROM shift WHERE state = "
    "'closed' "
    "HAVING count(*) <> max(z_number)",

    "SELECT 'shift ' || s.id || ': counted ' || s.counted || ', its pieces come to ' || "
    "coalesce((SELECT sum(denomination * pieces) FROM shift_count WHERE shift_id = s.id), 0) FROM shift s WHERE s.state = "
    "'closed' "
    "AND s.counted <> coalesce((SELECT sum(denomination * pieces) FROM shift_count WHERE shift_id = s.id), 0)",

    "SELECT 'order ' || o.id || ': ' || o.state || ', and a bill of it is open' FROM orders o WHERE o.state IN ('paid', "
    "'closed') "
    "AND EXISTS (SELECT 1 FROM bill b WHERE b.order_id = o.id AND b.state = 'open')",

    "SELECT 'order ' || o.id || ': went into order ' || o.merged_into || ', and still holds ' || count(*) || ' lines' FROM "
    "orders o JOIN order_line l ON l.order_id = o.id WHERE o.merged_into IS NOT NULL GROUP BY o.id",

    "SELECT 'station ' || q.station || ': ' || q.last || ' tickets numbered, ' || count(j.id) || ' first printings' FROM "
    "station_sequence q "
    "LEFT JOIN print_job j ON j.station = q.station AND j.copy_of IS NULL GROUP BY q.station HAVING count(j.id) <> q.last",

    /* What was sold is what the checks that count hold. */
    "SELECT 'order ' || l.order_id || ', line ' || l.id || ': ' || (l.quantity - l.voided) || ' sold, its checks hold ' || "
    "coalesce(("
    "SELECT sum(x.quantity) FROM bill_line x JOIN bill_counting b ON b.id = x.bill_id WHERE x.line_id = l.id AND b.state = 'paid'), 0) "
    "FROM orders o JOIN order_line l ON l.order_id = o.id WHERE o.state IN ('paid', 'closed') AND l.quantity - l.voided <> "
    "coalesce(("
    "SELECT sum(x.quantity) FROM bill_line x JOIN bill_counting b ON b.id = x.bill_id WHERE x.line_id = l.id AND b.state = 'paid'), 0)",

    "SELECT 'bill ' || b.id || ' of order ' || b.order_id || ': holds line ' || l.id || ' of order ' || l.order_id "
    "FROM bill b JOIN bill_line x ON x.bill_id = b.id JOIN order_line l ON l.id = x.line_id "
    "JOIN orders o ON o.id = b.order_id WHERE b.state = 'paid' AND l.order_id <> b.order_id AND o.merged_into IS NULL",
};

/* ---- refunds: whole in themselves, and never more than was sold and paid ---- */

static const char *const refunds[] = {
    "SELECT 'refunds: ' || count(*) || ' of them, numbered ' || min(number) || ' to ' || max(number) FROM refund "
    "HAVING count(*) > 0 AND (min(number) <> 1 OR max(number) <> count(*))",

    "SELECT 'refund ' || r.number || ': of bill ' || r.bill_id || ' of order ' || b.order_id || ', which is ' || b.state || "
    "', in the name of order ' || r.order_id FROM refund r JOIN bill b ON b.id = r.bill_id "
    "WHERE b.state <> 'paid' OR b.order_id <> r.order_id",

    "SELECT 'refund ' || r.number || ': stands as ' || r.gross || ' - ' || r.discount || ' = ' || r.base || ' + ' || r.tax || "
    "', its lines come to ' || coalesce(sum(l.gross), 0) || ' - ' || coalesce(sum(l.discount), 0) || ' = ' || "
    "coalesce(sum(l.base), 0) || ' + ' || coalesce(sum(l.tax), 0) "
    "FROM refund r LEFT JOIN refund_line l ON l.refund_id = r.id GROUP BY r.id "
    "HAVING r.gross <> coalesce(sum(l.gross), 0) OR r.discount <> coalesce(sum(l.discount), 0) OR "
    "r.courtesy <> coalesce(sum(l.courtesy), 0) OR r.base <> coalesce(sum(l.base), 0) OR r.tax <> coalesce(sum(l.tax), 0)",

    "SELECT 'refund ' || r.number || ': stands as ' || r.base || ' + ' || r.tax || ', its rows of tax come to ' || "
    "coalesce(sum(t.base), 0) || ' + ' || coalesce(sum(t.amount), 0) FROM refund r LEFT JOIN refund_tax t ON t.refund_id = r.id "
    "GROUP BY r.id HAVING r.base <> coalesce(sum(t.base), 0) OR r.tax <> coalesce(sum(t.amount), 0)",

    "SELECT 'refund ' || r.number || ': ' || r.total || ' in all, its means give back ' || coalesce(sum(p.amount), 0) "
    "FROM refund r LEFT JOIN refund_payment p ON p.refund_id = r.id GROUP BY r.id HAVING r.total <> coalesce(sum(p.amount), 0)",

    "SELECT 'refund ' || r.number || ': gives back by payment ' || g.payment_id || ' what bill ' || r.bill_id || ' was not paid "
    "by' "
    "FROM refund r JOIN refund_payment g ON g.refund_id = r.id LEFT JOIN payment p ON p.id = g.payment_id "
    "WHERE p.bill_id IS NOT r.bill_id OR p.kind IS NOT g.kind OR p.means IS NOT g.means",

    "SELECT 'bill ' || b.id || ', line ' || l.line_id || ': ' || sum(l.quantity) || ' for ' || sum(l.net) || ' given back, of ' "
    "|| "
    "coalesce(x.quantity, 0) || ' for ' || coalesce(x.net, 0) FROM refund r JOIN refund_line l ON l.refund_id = r.id "
    "JOIN bill b ON b.id = r.bill_id LEFT JOIN bill_line x ON x.bill_id = b.id AND x.line_id = l.line_id "
    "GROUP BY b.id, l.line_id HAVING x.line_id IS NULL OR sum(l.quantity) > x.quantity OR sum(l.gross) > x.gross OR "
    "sum(l.discount) > x.discount OR sum(l.courtesy) > x.courtesy OR sum(l.net) > x.net OR sum(l.base) > x.base OR "
    "sum(l.tax) > x.tax",

    "SELECT 'bill ' || r.bill_id || ': of its tax ' || t.tax || ' ' || sum(t.base) || ' + ' || sum(t.amount) || "
    "' was given back, more than there is' FROM refund r JOIN refund_tax t ON t.refund_id = r.id "
    "LEFT JOIN bill_tax x ON x.bill_id = r.bill_id AND x.tax = t.tax AND x.rate = t.rate GROUP BY r.bill_id, t.tax, t.rate "
    "HAVING x.bill_id IS NULL OR sum(t.base) > x.base OR sum(t.amount) > x.amount",

    "SELECT 'bill ' || b.id || ': ' || sum(r.total) || ' given back, tip ' || sum(r.tip) || ', of ' || b.due || ', tip ' || "
    "b.tip "
    "FROM refund r JOIN bill b ON b.id = r.bill_id GROUP BY b.id HAVING sum(r.total) > b.due OR sum(r.tip) > b.tip",

    /* All of a payment is all that was charged, and a part of it never more. */
    "SELECT 'payment ' || p.id || ': ' || sum(g.amount) || ' given back in ' || sum(g.charged) || ', of ' || p.amount || ' in ' "
    "|| "
    "p.charged FROM refund_payment g JOIN payment p ON p.id = g.payment_id GROUP BY p.id HAVING sum(g.amount) > p.amount OR "
    "sum(g.charged) > p.charged OR (sum(g.amount) = p.amount AND sum(g.charged) <> p.charged)",

    "SELECT 'bill ' || b.id || ': its order was sold anew with ' || (b.due - sum(r.total)) || ' of it not given back' "
    "FROM bill b JOIN refund r ON r.bill_id = b.id GROUP BY b.id HAVING max(r.reopens) = 1 AND sum(r.total) <> b.due",
};

static bool ask(struct verifying *v, const char *const *questions, size_t count, struct error *e) {
    for (size_t i = 0; i < count; i++) {
        struct db_rows r;
        if (!db_query(v->db, questions[i], DB_NO_ARGS, &r, e)) return false;
        while (db_next(&r)) verify_finding(v, "%s", db_col_text(&r, 0));
        if (!db_done(&r, e)) return false;
    }
    return true;
}

bool verify_rows(struct verifying *v, struct error *e) {
    return ask(v, between, sizeof between / sizeof *between, e) && ask(v, refunds, sizeof refunds / sizeof *refunds, e);
}
