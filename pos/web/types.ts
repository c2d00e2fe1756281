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
  cash_due: number;
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
export interface Printer {
  id: string;
  name: string;
  transport: string;
  stations: string[];
  state: PrinterState;
  reason: string | null;
  evidence: string | null;
  waiting: number;
  oldest_waiting_s: number | null;
  unknown: number;
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
