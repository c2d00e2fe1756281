// Paper: how the printers are, and the list of print jobs.
import { computed, signal } from '@preact/signals';
import { get } from '../api';
import { t } from '../i18n/index';
import { command } from '../outbox';
import type { Job, Printer } from '../types';

export const printers = signal<Printer[]>([]);
export const jobs = signal<Job[]>([]);
export const jobsNext = signal<number | null>(null);
export const jobsOf = signal<string | null>(null);

interface Page {
  jobs: Job[];
  next: number | null;
}

export async function loadPrinters(): Promise<void> {
  printers.value = (await get<{ printers: Printer[] }>('/printers')).printers;
}
const path = (before: number | null): string => {
  const query = [jobsOf.value ? `printer=${encodeURIComponent(jobsOf.value)}` : '', before ? `before=${before}` : '']
    .filter(Boolean)
    .join('&');
  return `/print-jobs${query ? `?${query}` : ''}`;
};
export async function loadJobs(): Promise<void> {
  const page = await get<Page>(path(null));
  jobs.value = page.jobs;
  jobsNext.value = page.next;
}
export async function loadOlderJobs(): Promise<void> {
  if (!jobsNext.value) return;
  const page = await get<Page>(path(jobsNext.value));
  const known = new Set(jobs.value.map((job) => job.id));
  jobs.value = [...jobs.value, ...page.jobs.filter((job) => !known.has(job.id))];
  jobsNext.value = page.next;
}

export const reprint = (id: number): Promise<{ job: number }> => command('POST', `/print-jobs/${id}/reprint`, {});
export const resolveJob = (id: number, printed: boolean): Promise<{ job: number | null }> =>
  command('POST', `/print-jobs/${id}/resolve`, { printed });
export const testPrinter = (id: string): Promise<{ job: number }> => command('POST', `/printers/${id}/test`, {});

/* A ready printer that has not printed its oldest ticket after this long is stuck, whatever it says. */
const STUCK_S = 20;
export const inTrouble = (printer: Printer): boolean =>
  printer.state !== 'ready' || printer.unknown > 0 || (printer.oldest_waiting_s ?? 0) > STUCK_S;

/** What is wrong with a printer, in words; null when all is well. */
export function troubleOf(printer: Printer): string | null {
  if (!inTrouble(printer)) return null;
  const words = t.value.status;
  const parts: string[] = [];
  if (printer.state !== 'ready') parts.push(words.printer_states[printer.state]);
  if (printer.waiting > 0) parts.push(words.waiting(printer.waiting));
  if (printer.unknown > 0) parts.push(words.doubtful(printer.unknown));
  return parts.join(' · ');
}
export const trouble = computed(() => printers.value.filter(inTrouble));
