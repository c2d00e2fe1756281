// The words of what comes after a sale: past sales, giving back, the journal, people. Fetched with those screens, in both languages at once.
import { computed } from '@preact/signals';
import { after as en } from './after_en';
import { after as es } from './after_es';
import { language, type Words } from './index';

const all: Record<'es' | 'en', Words<typeof es>> = { es, en };
export const ta = computed(() => all[language.value]);
