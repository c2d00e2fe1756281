// Amounts, rates, times and elapsed minutes as people here read them.
import { signal } from '@preact/signals';
import { serverNow } from '../api';
import { language, t } from '../i18n/index';
import { site } from './site';

const pesos = new Intl.NumberFormat('es-CO', {
  style: 'currency',
  currency: 'COP',
  maximumFractionDigits: 0,
  minimumFractionDigits: 0,
});
const plain = new Intl.NumberFormat('es-CO', { maximumFractionDigits: 0 });

/** "$ 25.000", in both languages: it must read like the paper. */
export const money = (amount: number): string => pesos.format(amount);
/** The same with its sign apart: "− $ 900". */
export const signed = (amount: number): string => (amount < 0 ? `− ${money(-amount)}` : money(amount));
export const digits = (n: number): string => plain.format(n);
/** 800 → "8 %". */
export const rate = (basisPoints: number): string => `${plain.format(basisPoints / 100)} %`;

const locale = (): string => (language.value === 'en' ? 'en-GB' : 'es-CO');
const zone = (): string => site.value?.time_zone ?? 'America/Bogota';

export const clock = (at: string): string =>
  new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: zone() }).format(new Date(at));
/** A business day "2026-03-14" → "sábado, 14 de marzo". */
export const day = (date: string): string =>
  new Intl.DateTimeFormat(locale(), { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T12:00:00Z`),
  );
export const shiftDay = (date: string, by: number): string => {
  const at = new Date(`${date}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + by);
  return at.toISOString().slice(0, 10);
};

/** Moves every twenty seconds: what shows an age reads it. */
export const now = signal(serverNow());
setInterval(() => {
  now.value = serverNow();
}, 20_000);

export function ageMinutes(since: string): number {
  return Math.max(0, Math.floor((Math.max(now.value, serverNow()) - Date.parse(since)) / 60_000));
}
export function age(since: string): string {
  const minutes = ageMinutes(since);
  return minutes < 60 ? t.value.minutes(minutes) : t.value.hours(Math.floor(minutes / 60), minutes % 60);
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Soft hyphens in long words, by Spanish syllables: narrow tiles break "Acompaña-mientos" there and not anywhere. */
export const soft = (text: string): string =>
  text.replace(/[\p{L}]{10,}/gu, (word) =>
    word
      .replace(/([aeiouáéíóúü])(?=(?:ch|ll|rr|[bcdfgpt][lr]|[b-df-hj-np-tv-zñ])[aeiouáéíóúü])/gi, '$1\u00ad')
      .replace(/([aeiouáéíóúü][lmnrsz])(?=[b-df-hj-np-tv-zñ][lr]?[aeiouáéíóúü])/gi, '$1\u00ad')
      .replace(/^(.)\u00ad/, '$1'),
  );
