// The words of the printers' screen, fetched with it: Spanish gives the type, English must match it.
import { computed } from '@preact/signals';
import { en } from './en_printers';
import { es } from './es_printers';
import { language, type Words } from './index';

export type PrinterWords = Words<typeof es>;
export const tp = computed<PrinterWords>(() => (language.value === 'en' ? en : es));
