// Paper: how the printers are and what is wrong with them, who prints for whom, the list of print jobs, and what a person may do about it.
import { computed, signal } from '@preact/signals';
import { get, serverNow } from '../api';
import { command } from '../outbox';
import type { Job, Printer, PrinterCause, PrinterState } from '../types';
import { now } from './format';
import { site } from './site';

export const printers = signal<Printer[]>([]);
/** When they were asked, by the server's clock: what waits is told as an age then. */
const askedAt = signal(0);

export async function loadPrinters(): Promise<void> {
  const list = (await get<{ printers: Printer[] }>('/printers')).printers;
  askedAt.value = serverNow();
  printers.value = list;
}

/* ---- what is wrong ---- */
/** Whatever a printer may need a person for. */
export type Trouble = PrinterCause | 'paused' | 'doubt' | 'stuck';

/* A ready printer that has not printed its oldest ticket after this long is stuck, whatever it says. */
const STUCK_MS = 20_000;
/* Where the server names no cause. */
const causeOf: Record<Exclude<PrinterState, 'ready'>, Trouble> = {
  paper_out: 'paper_out',
  cover_open: 'cover_open',
  offline: 'offline',
  unplugged: 'unplugged',
  denied: 'denied',
  fault: 'error',
};

/** Since when its oldest ticket waits; null: nothing does. */
export function waitingSince(printer: Printer): number | null {
  return printer.waiting > 0 ? askedAt.value - (printer.oldest_waiting_s ?? 0) * 1000 : null;
}
function isStuck(printer: Printer): boolean {
  const since = waitingSince(printer);
  return since !== null && Math.max(now.value, askedAt.value) - since > STUCK_MS;
}

/** How many tickets wait for a person to say whether they came out. */
export const inDoubt = (printer: Printer): number => printer.unknown + printer.confirm;

/** All that is wrong with a printer, the worst first. */
export function troublesOf(printer: Printer): Trouble[] {
  const found: Trouble[] = [];
  if (printer.state !== 'ready') found.push(printer.cause ?? causeOf[printer.state]);
  if (inDoubt(printer) > 0) found.push('doubt');
  if (printer.paused) found.push('paused');
  if (found.length === 0 && isStuck(printer)) found.push('stuck');
  if (printer.state === 'ready' && printer.cause) found.push(printer.cause); // paper that is low
  return found;
}
/** Nothing is late because of these: they are told, and no alarm. */
const isCalm = (trouble: Trouble): boolean => trouble === 'paused' || trouble === 'paper_low';
export const inTrouble = (printer: Printer): boolean => troublesOf(printer).some((one) => !isCalm(one));
export const trouble = computed(() => printers.value.filter(inTrouble));
/** What comes first when there is more than one thing to tell. */
export const RANK = { alarm: 0, paused: 1, astray: 2, low: 3 };
export const toTell = computed(() =>
  printers.value.flatMap((printer) => {
    const what = troublesOf(printer)[0];
    return what ? [{ printer, what, rank: what === 'paused' ? RANK.paused : what === 'paper_low' ? RANK.low : RANK.alarm }] : [];
  }),
);

/* ---- who prints for whom ---- */
export interface Place {
  station: string;
  name: string;
  /** Where its tickets go now, and where they go by the site's plan. */
  printer: Printer;
  home: string;
}
export const places = computed<Place[]>(() =>
  (site.value?.stations ?? []).map((station) => {
    const holder = printers.value.find((printer) => printer.stations.some((one) => one.id === station.id && one.routed));
    const home = printers.value.find((printer) => printer.id === station.printer);
    return { station: station.id, name: station.name, printer: holder ?? home, home: station.printer };
  }).filter((place): place is Place => place.printer !== undefined),
);
export const astray = computed(() => places.value.filter((place) => place.printer.id !== place.home));
export const printerName = (id: string): string => printers.value.find((printer) => printer.id === id)?.name ?? id;

/* ---- the list of print jobs ---- */
export type Sieve = 'all' | 'waiting' | 'doubt' | 'printed';
export const jobs = signal<Job[]>([]);
export const jobsNext = signal<number | null>(null);
/** What the list shows: one printer's jobs or all, and of which kind. */
export const jobsOf = signal<string | null>(null);
export const sieve = signal<Sieve>('all');

interface Page {
  jobs: Job[];
  next: number | null;
}
/** Only a person can tell whether it came out: nobody knows, or its printer tells nothing and the site wants somebody to look. */
export const awaitsPerson = (job: Job): boolean => job.state === 'unknown' || (job.state === 'sent' && job.evidence !== null);
const statesIn: Record<Sieve, readonly string[]> = {
  all: [''],
  waiting: ['queued', 'sending', 'sent'],
  doubt: ['unknown', 'sent'],
  printed: ['printed'],
};
const belongs = (job: Job): boolean =>
  sieve.value === 'waiting' ? !awaitsPerson(job) : sieve.value === 'doubt' ? awaitsPerson(job) : true;

/* The server lists one state at a time: their pages are laid together as far as all of them reach. */
async function fetchJobs(before: number | null): Promise<Page> {
  const pages = await Promise.all(
    statesIn[sieve.value].map((state) => {
      const query = new URLSearchParams();
      if (jobsOf.value) query.set('printer', jobsOf.value);
      if (state) query.set('state', state);
      if (before) query.set('before', String(before));
      return get<Page>(`/print-jobs?${query}`);
    }),
  );
  const end = Math.max(0, ...pages.map((page) => page.next ?? 0));
  const list = pages.flatMap((page) => page.jobs).filter((job) => job.id >= end && belongs(job));
  return { jobs: list.sort((a, b) => b.id - a.id), next: end || null };
}
const sameList = (asked: string): boolean => asked === `${sieve.value} ${jobsOf.value}`;

export async function loadJobs(): Promise<void> {
  const asked = `${sieve.value} ${jobsOf.value}`;
  const page = await fetchJobs(null);
  if (!sameList(asked)) return; // another list was chosen meanwhile
  jobs.value = page.jobs;
  jobsNext.value = page.next;
}
export async function loadOlderJobs(): Promise<void> {
  if (!jobsNext.value) return;
  const asked = `${sieve.value} ${jobsOf.value}`;
  const page = await fetchJobs(jobsNext.value);
  if (!sameList(asked)) return;
  const known = new Set(jobs.value.map((job) => job.id));
  jobs.value = [...jobs.value, ...page.jobs.filter((job) => !known.has(job.id))];
  jobsNext.value = page.next;
}
export const loadJob = (id: number): Promise<Job> => get<Job>(`/print-jobs/${id}`);
/** The oldest ticket of a printer of which a person must say whether it came out. */
export async function firstInDoubt(printer: string): Promise<Job | undefined> {
  const of = `printer=${encodeURIComponent(printer)}`;
  const pages = await Promise.all(statesIn.doubt.map((state) => get<Page>(`/print-jobs?state=${state}&${of}`)));
  const asked = pages.flatMap((page) => page.jobs).filter(awaitsPerson);
  return asked.sort((a, b) => a.id - b.id)[0];
}

/* ---- acts ---- */
export const reprint = (id: number): Promise<{ job: number }> => command('POST', `/print-jobs/${id}/reprint`, {});
export const resolveJob = (id: number, printed: boolean): Promise<{ job: number | null }> =>
  command('POST', `/print-jobs/${id}/resolve`, { printed });

const at = (printer: string): string => `/printers/${encodeURIComponent(printer)}`;
export const testPrinter = (printer: string): Promise<{ job: number }> => command('POST', `${at(printer)}/test`, {});
export async function pausePrinter(printer: string, pause: boolean): Promise<void> {
  await command('POST', `${at(printer)}/${pause ? 'pause' : 'resume'}`, {});
  await loadPrinters();
}
/** Sends a station's tickets to another printer; null: back to its own. Answers how many waiting ones went along. */
export async function routeStation(station: string, printer: string | null): Promise<number> {
  const path = `/stations/${encodeURIComponent(station)}/route`;
  const { moved } = await (printer
    ? command<{ moved: number }>('POST', path, { printer })
    : command<{ moved: number }>('DELETE', path, {}));
  await loadPrinters();
  return moved;
}
