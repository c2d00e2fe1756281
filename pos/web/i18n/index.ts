// The one catalogue of words: Spanish (Colombia) gives the type, English must match it, and a missing key does not compile.
import { computed, signal } from '@preact/signals';
import { en } from './en';
import { es } from './es';

/** The same keys and the same functions, with any words in them. */
type Words<T> = { [K in keyof T]: T[K] extends string ? string : T[K] extends (...a: infer A) => string ? (...a: A) => string : T[K] extends readonly string[] ? readonly string[] : Words<T[K]> };
export type Catalogue = Words<typeof es>;
export type Language = 'es' | 'en';

const catalogues: Record<Language, Catalogue> = { es, en };
export const language = signal<Language>('es');
export const t = computed(() => catalogues[language.value]);

/** What went wrong in plain words: by the server's stable code, else in the server's own words. */
export function explain(code: string, detail: string): string {
  const known = t.value.errors as Record<string, string | undefined>;
  return known[code] ?? (detail || t.value.errors.unknown);
}
