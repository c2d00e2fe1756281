// The one catalogue of words: Spanish (Colombia) gives the type, English must match it, and a missing key does not compile.
// Spanish is always there; another language is fetched when it is first chosen, and Spanish stands in until it came.
import { computed, effect, signal } from '@preact/signals';
import { es } from './es';

/** The same keys and the same functions, with any words in them. */
export type Words<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...a: infer A) => string
      ? (...a: A) => string
      : T[K] extends readonly string[]
        ? readonly string[]
        : Words<T[K]>;
};
export type Catalogue = Words<typeof es>;
export type Language = 'es' | 'en';

const RETRY_MS = 3000;
const fetched = signal<Partial<Record<Language, Catalogue>>>({ es });
const fetchers: Record<Exclude<Language, 'es'>, () => Promise<Catalogue>> = { en: () => import('./en').then((m) => m.en) };
export const language = signal<Language>('es');
export const t = computed(() => fetched.value[language.value] ?? es);

function fetchWords(wanted: Exclude<Language, 'es'>): void {
  fetchers[wanted]().then(
    (words) => (fetched.value = { ...fetched.value, [wanted]: words }),
    () => setTimeout(() => fetchWords(wanted), RETRY_MS),
  );
}
effect(() => {
  const wanted = language.value;
  if (wanted !== 'es' && !fetched.peek()[wanted]) fetchWords(wanted);
});

/** What went wrong in plain words: by the server's stable code; for one this screen does not know, by its status and the server's own words. */
export function explain(code: string, detail: string, status: number): string {
  const words = t.value.errors;
  const known = (words as Record<string, string | undefined>)[code];
  if (known) return known;
  const general =
    status === 429 || status === 503
      ? words.busy
      : status === 404
        ? words.gone
        : status === 409 || status === 412
          ? words.conflict
          : status === 403
            ? words.not_permitted
            : status === 413
              ? words.too_large
              : status >= 500
                ? words.internal
                : status >= 400
                  ? words.refused
                  : words.unknown;
  return detail ? `${general} (${detail})` : general;
}
