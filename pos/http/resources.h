/* Every handler named in the table of routes; each resource has its file. Kinds and threads: route.h. */
#ifndef COMANDA_HTTP_RESOURCES_H
#define COMANDA_HTTP_RESOURCES_H

#include "pos/http/request.h"

#define ANSWER(name) bool name(struct request *r, struct db *db, struct error *e)
#define PARSE(name) bool name(struct request *r, struct error *e)
#define RUN(name) bool name(struct act *act, struct request *r, struct error *e)

/* index.c, health.c, metrics.c, events.c */
ANSWER(index_answer);
ANSWER(health_answer);
ANSWER(metrics_answer);
ANSWER(events_answer);

/* session.c */
ANSWER(sign_in_answer);
PARSE(session_parse);
ANSWER(session_post_answer);
ANSWER(session_answer);
RUN(session_end_run);

/* site.c, menu.c */
ANSWER(site_answer);
ANSWER(menu_answer);
ANSWER(menu_version_answer);
PARSE(menu_publish_parse);
RUN(menu_publish_run);
PARSE(availability_parse);
RUN(availability_run);

/* shifts.c, shift_close.c */
PARSE(shift_open_parse);
RUN(shift_open_run);
ANSWER(shifts_answer);
ANSWER(shift_current_answer);
ANSWER(shift_answer);
ANSWER(shift_report_answer);
PARSE(cash_movement_parse);
RUN(cash_movement_run);
PARSE(shift_close_parse);
RUN(shift_close_run);

/* shift_paper.c */
RUN(shift_x_run);
PARSE(drawer_open_parse);
RUN(drawer_open_run);

/* numbering.c */
ANSWER(numbering_answer);

/* history.c */
ANSWER(orders_past_answer);

/* orders.c, order_lines.c */
PARSE(order_open_parse);
RUN(order_open_run);
ANSWER(orders_answer);
ANSWER(order_answer);
PARSE(order_send_parse);
RUN(order_send_run);
PARSE(order_void_parse);
RUN(order_void_run);
PARSE(order_tip_parse);
RUN(order_tip_run);
PARSE(lines_parse);
RUN(lines_run);
PARSE(empty_parse);
RUN(line_remove_run);
PARSE(line_void_parse);
RUN(line_void_run);

/* order_moves.c */
PARSE(order_move_parse);
RUN(order_move_run);
PARSE(order_merge_parse);
RUN(order_merge_run);
PARSE(order_transfer_parse);
RUN(order_transfer_run);

/* order_discounts.c, order_splits.c */
PARSE(order_discount_parse);
RUN(order_discount_run);
RUN(order_discount_remove_run);
PARSE(order_split_parse);
RUN(order_split_run);
RUN(order_unsplit_run);

/* precuenta.c */
PARSE(precuenta_parse);
RUN(precuenta_run);

/* payments.c */
PARSE(payment_parse);
RUN(payment_run);

/* refunds.c */
PARSE(refund_parse);
RUN(refund_run);
PARSE(refund_quote_parse);
ANSWER(refund_quote_answer);
PARSE(order_reopen_parse);
RUN(order_reopen_run);

/* printers.c, print_jobs.c */
ANSWER(printers_answer);
RUN(printer_test_run);
RUN(printer_pause_run);
RUN(printer_resume_run);
PARSE(station_route_parse);
RUN(station_route_run);
ANSWER(jobs_answer);
ANSWER(job_answer);
ANSWER(job_bytes_answer);
ANSWER(job_text_answer);
ANSWER(job_picture_answer);
RUN(job_reprint_run);
PARSE(job_resolve_parse);
RUN(job_resolve_run);

/* practice.c */
ANSWER(practice_answer);
PARSE(practice_restart_parse);
RUN(practice_restart_run);
RUN(practice_reset_run);

/* reports.c, staff.c, journal.c */
ANSWER(report_daily_answer);
ANSWER(staff_list_answer);
PARSE(staff_add_parse);
ANSWER(staff_add_work);
RUN(staff_add_run);
PARSE(staff_change_parse);
ANSWER(staff_change_work);
RUN(staff_change_run);
ANSWER(journal_answer);
ANSWER(journal_verify_answer);

#undef ANSWER
#undef PARSE
#undef RUN
#endif
