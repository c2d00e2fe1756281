// The words of the acts on a whole order, fetched with their sheets: Spanish gives the type, English must match it.
import { computed } from '@preact/signals';
import { en } from './en_bill';
import { es } from './es_bill';
import { language, type Words } from './index';

export type BillWords = Words<typeof es>;
export const tb = computed<BillWords>(() => (language.value === 'en' ? en : es));
