// The words of practice, fetched with it: Spanish gives the type, English must match it.
import { computed } from '@preact/signals';
import { en } from './en_practice';
import { es } from './es_practice';
import { language, type Words } from './index';

export type PracticeWords = Words<typeof es>;
export const tp = computed<PracticeWords>(() => (language.value === 'en' ? en : es));
