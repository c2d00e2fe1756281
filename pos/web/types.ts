// What the server sends and takes, as pos/http/openapi.yaml says it. Amounts are whole pesos, rates basis points, times RFC 3339.

export type Role = 'cook' | 'waiter' | 'cashier' | 'manager' | 'administrator';
export type Kind = 'table' | 'counter' | 'takeaway' | 'truck';
export type OrderState = 'open' | 'sent' | 'paid' | 'closed' | 'voided';
export type MeansKind = 'cash' | 'debit' | 'credit' | 'transfer';

export interface Person {
  id: number;
  name: string;
  role: Role;
  pin?: string;
}
export interface SignInPage {
  site: { slug: string; name: string; language: string };
  version: string;
  demo: boolean;
  /** Whether practice can be entered from here; "here": this is it. */
  practice: 'off' | 'open' | 'here';
  people: Person[];
}
export interface Session {
  token?: string;
  staff: { id: number; name: string; role: Role };
  permissions: string[];
  expires_at: string;
}

export interface Named {
  id: string;
  name: string;
}
export interface Table {
  id: string;
  name: string;
  area: string;
  seats: number;
  x: number;
  y: number;
}
export interface Means {
  id: string;
  kind: MeansKind;
  name: string;
  needs_reference: boolean;
}
export interface Site {
  slug: string;
  name: string;
  language: string;
  time_zone: string;
  coin: number;
  tip: { rule: 'off' | 'ask'; max_rate: number };
  precuenta: boolean;
  kinds: Kind[];
  default_kind: Kind;
  courses: Named[];
  areas: Named[];
  tables: Table[];
  stations: (Named & { printer: string })[];
  printers: (Named & { transport: string; stations: string[] })[];
  means: Means[];
  void_reasons: string[];
  denominations: number[];
  notes: number[];
  practice: boolean;
}

/** "HH:MM"; until `from` or earlier is past midnight. */
export interface Span {
  days: string[];
  from: string;
  to: string;
}
export interface MenuPrice extends Span {
  kinds: Kind[];
  price: number;
}
export interface MenuItem {
  id: string;
  name: string;
  description: string | null;
  price: number;
  prices: MenuPrice[];
  hours: Span[];
  tax_rate: number;
  station: string | null;
  course: string | null;
  allergens: string[] | string | null;
  option_groups: string[];
  available: boolean;
  remaining: number | null;
}
export interface Category {
  id: string;
  name: string;
  color: string | null;
  hours: Span[];
  items: MenuItem[];
}
export interface Option {
  id: string;
  name: string;
  price: number;
  course: string | null;
  station: string | null;
}
export interface OptionGroup {
  id: string;
  name: string;
  min: number;
  max: number;
  options: Option[];
}
export interface Menu {
  version: number;
  name: string;
  sample: boolean;
  categories: Category[];
  option_groups: OptionGroup[];
}

export interface Shift {
  id: number;
  till: string;
  business_day: string;
  state: 'open' | 'closed';
  float: number;
  opened_by: string;
  opened_at: string;
  closed_by: string | null;
  closed_at: string | null;
  z_number: number | null;
  expected: number | null;
  counted: number | null;
  difference: number | null;
}
export interface ShiftClosed {
  expected: number;
  counted: number;
  difference: number;
  z_number: number;
  job: number | null;
}
export interface MeansRow {
  means: string;
  kind: MeansKind;
  name: string;
  count: number;
  amount: number;
  charged: number;
}
export interface TaxRow {
  name: string;
  rate: number;
  gross: number;
  base: number;
  tax: number;
}
export interface ShiftReport {
  z: boolean;
  shift: Shift;
  documents: number;
  voided_orders: number;
  voided_lines: number;
  drawer_openings: number;
  first_document: string | null;
  last_document: string | null;
  totals: {
    gross: number;
    discount: number;
    courtesy: number;
    net: number;
    base: number;
    tax: number;
    tips: number;
    adjustment: number;
    collected: number;
  };
  cash: { float: number; sales: number; in: number; out: number; refunds: number; tips_paid_out: number; expected: number };
  means: MeansRow[];
  taxes: TaxRow[];
}

export interface Totals {
  gross: number;
  discount: number;
  courtesy: number;
  net: number;
  base: number;
  tax: number;
  taxes: TaxRow[];
  tip: number;
  due: number;
}
export interface LineOption {
  group: string;
  option: string;
  name: string;
  quantity: number;
  price: number;
}
export interface Line {
  id: number;
  item: string;
  name: string;
  category: string;
  course: string | null;
  seat: number | null;
  quantity: number;
  voided: number;
  sent: number;
  held: boolean;
  changed: boolean;
  unit_price: number;
  amount: number;
  note: string | null;
  tax_rate: number;
  options: LineOption[];
}
export interface Tip {
  state: 'unasked' | 'declined' | 'set';
  amount: number;
  ceiling: number;
}
export interface Check {
  id: number;
  position: number;
  label: string;
  state: 'open' | 'paid' | 'refunded';
  fixed: boolean;
  due: number;
  totals: Totals;
  tip: Tip;
  settled: number;
  balance: number;
  cash_due: number;
  refunded: number;
  document: string | null;
  lines: { line: number; quantity: number; gross: number; discount: number; courtesy: number; net: number }[];
}
export interface Discount {
  id: number;
  kind: 'discount' | 'courtesy';
  line: number | null;
  percent: number | null;
  amount: number | null;
  value: number;
  fixed: boolean;
  reason: string;
  by: string;
  approved_by: string | null;
  at: string;
}
export interface Payment {
  id: number;
  check: number;
  at: string;
  kind: MeansKind;
  means: string;
  amount: number;
  charged: number;
  adjustment: number;
  tendered: number;
  change: number;
  reference: string | null;
}
export interface RefundMeans {
  payment: number;
  kind: MeansKind;
  means: string;
  amount: number;
  charged: number;
}
/** What a refund would give back; also part of one that was made. */
export interface RefundQuote {
  check: number;
  net: number;
  base: number;
  tax: number;
  tip: number;
  total: number;
  returned: number;
  means: RefundMeans[];
}
export interface Refund extends RefundQuote {
  id: number;
  number: number;
  reopens: boolean;
  reason: string;
  at: string;
  by: string;
  approved_by: string | null;
  lines: { line: number; name: string; quantity: number; gross: number; discount: number; courtesy: number; net: number }[];
}
export interface RefundDone {
  refund: Refund;
  order: Order;
  job: number | null;
}
export interface PastOrder {
  id: number;
  number: number;
  kind: Kind;
  state: OrderState;
  business_day: string;
  table: string | null;
  name: string | null;
  served_by: string;
  opened_at: string;
  ended_at: string | null;
  documents: string;
  paid: number;
  returned: number;
  refunded_whole: boolean;
  merged_into: number | null;
}
export interface Order {
  id: number;
  number: number;
  version: number;
  kind: Kind;
  table: string | null;
  name: string | null;
  covers: number | null;
  state: OrderState;
  opened_by: string;
  served_by: string;
  opened_at: string;
  ended_at: string | null;
  sends: number;
  changed: boolean;
  lines: Line[];
  checks: Check[];
  discounts: Discount[];
  totals: Totals;
  paid: number;
  balance: number;
  tip: Tip;
  payments: Payment[];
  refunds: Refund[];
  cash_due: number;
  void_reason: string | null;
}
export interface OrderSummary {
  id: number;
  number: number;
  version: number;
  kind: Kind;
  table: string | null;
  name: string | null;
  covers: number | null;
  state: OrderState;
  opened_by: string;
  served_by: string;
  opened_at: string;
  net: number;
  changed: boolean;
  unprinted: number;
}
export interface LineRequest {
  item: string;
  quantity: number;
  options?: { option: string; quantity?: number }[];
  note?: string;
  course?: string;
  seat?: number;
  hold?: boolean;
}
export interface Buyer {
  kind: string;
  number: string;
  name: string;
}
export interface PaymentDone {
  payment: { id: number; charged: number; change: number; adjustment: number };
  order: Order;
  receipt: { number: string; job: number; numbering_warning: 'none' | 'few_numbers' | 'expires_soon' } | null;
}
export interface Sent {
  tickets: { job: number; station: string; sequence: number }[];
  order: Order;
}

export type JobState = 'queued' | 'sending' | 'sent' | 'printed' | 'unknown' | 'failed';
export interface Job {
  id: number;
  kind: string;
  order: number | null;
  shift: number | null;
  printer: string;
  station: string | null;
  sequence: number | null;
  state: JobState;
  evidence: string | null;
  reason: string | null;
  marks: string[];
  copy_of: number | null;
  created_at: string;
  printed_at: string | null;
}
export type PrinterState = 'ready' | 'paper_out' | 'cover_open' | 'offline' | 'unplugged' | 'denied' | 'fault';
export type PrinterCause =
  | 'paper_out'
  | 'paper_low'
  | 'cover_open'
  | 'cutter'
  | 'hot'
  | 'mechanical'
  | 'offline'
  | 'no_answer'
  | 'unplugged'
  | 'unreachable'
  | 'denied'
  | 'busy'
  | 'stalled'
  | 'feeding'
  | 'service'
  | 'error';
export type Evidence = 'A' | 'B' | 'C' | 'D';
export interface Printer {
  id: string;
  name: string;
  transport: string;
  stations: { id: string; routed: boolean }[];
  state: PrinterState;
  cause: PrinterCause | null;
  /** by: null is the console. */
  paused: { at: string; by: string | null } | null;
  reason: string | null;
  evidence: Evidence | null;
  waiting: number;
  oldest_waiting_s: number | null;
  unknown: number;
  /** Its site wants a person to say that these came out. */
  confirm: number;
  last_printed_at: string | null;
}

export interface DayTotals {
  documents: number;
  covers: number;
  gross: number;
  discount: number;
  courtesy: number;
  net: number;
  base: number;
  tax: number;
  tips: number;
  adjustment: number;
  collected: number;
  average: number;
}
export interface Daily {
  date: string;
  currency: string;
  totals: DayTotals;
  last_week: DayTotals & { date: string };
  by_means: MeansRow[];
  by_category: { category: string; name: string; quantity: number; net: number }[];
  by_item: { item: string; name: string; quantity: number; net: number }[];
  by_hour: { hour: number; documents: number; net: number }[];
  by_tax: TaxRow[];
  voids: { lines: number; quantity: number; amount: number; orders: number };
}

export interface StaffMember {
  id: number;
  name: string;
  role: Role;
  active: boolean;
  created_at: string;
}
export interface JournalEntry {
  seq: number;
  at: string;
  staff: number | null;
  staff_name: string | null;
  device: string;
  approved_by: number | null;
  approver_name: string | null;
  kind: string;
  order: number | null;
  order_number: number | null;
  shift: number | null;
  detail: Record<string, unknown>;
}
export interface Numbering {
  refusal: string | null;
  warning: 'none' | 'few_numbers' | 'expires_soon';
  remaining: number;
  days_left: number | null;
}
