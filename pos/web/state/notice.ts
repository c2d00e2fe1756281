// What the screen has to tell: one fault at a time, in words, and a short confirmation that goes by itself.
import { signal } from '@preact/signals';
import { Problem, Unreachable } from '../api';
import { explain, t } from '../i18n/index';
import { dropSession } from './session';

export const fault = signal<string | null>(null);
export const notice = signal<string | null>(null);

const NOTICE_MS = 4000;
let timer: ReturnType<typeof setTimeout> | undefined;

export function tell(text: string): void {
  notice.value = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    notice.value = null;
  }, NOTICE_MS);
}

export function wordsFor(e: unknown): string {
  if (e instanceof Unreachable) return t.value.errors.offline;
  if (e instanceof Problem) return explain(e.code, e.detail, e.status);
  return t.value.errors.unknown;
}

/** Shows what went wrong. A session that ended needs no words: the sign-in screen says so. */
export function report(e: unknown): void {
  if (e instanceof Problem && e.code === 'not_signed_in') {
    dropSession();
    return;
  }
  fault.value = wordsFor(e);
  if (!(e instanceof Problem) && !(e instanceof Unreachable)) console.error(e);
}
