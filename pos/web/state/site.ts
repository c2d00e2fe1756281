// The site and its menu, as the server gives them, with what the screens look up in them.
import { computed, signal } from '@preact/signals';
import { get } from '../api';
import type { Kind, Menu, MenuItem, OptionGroup, Site } from '../types';
import { suggestedTheme } from './device';

export const site = signal<Site | null>(null);
export const menu = signal<Menu | null>(null);

export async function loadSite(): Promise<void> {
  const next = await get<Site>('/site');
  site.value = next;
  suggestedTheme.value = next.default_kind === 'truck' ? 'sun' : 'room';
}
export async function loadMenu(): Promise<void> {
  menu.value = await get<Menu>('/menu');
}

const items = computed(() => {
  const found = new Map<string, MenuItem>();
  for (const category of menu.value?.categories ?? []) for (const item of category.items) found.set(item.id, item);
  return found;
});
const groups = computed(() => new Map((menu.value?.option_groups ?? []).map((group) => [group.id, group])));

export const findItem = (id: string): MenuItem | undefined => items.value.get(id);
export const groupsOf = (item: MenuItem): OptionGroup[] =>
  item.option_groups.map((id) => groups.value.get(id)).filter((group): group is OptionGroup => group !== undefined);

export const tableName = (slug: string | null): string =>
  site.value?.tables.find((table) => table.id === slug)?.name ?? slug ?? '';
export const sellsAtTables = computed(() => site.value?.default_kind === 'table');
/** The ways of selling that need no table, the usual one first. */
export const walkUpKinds = computed<Kind[]>(() => {
  const all: Kind[] = site.value?.kinds.filter((kind) => kind !== 'table') ?? [];
  const usual = site.value?.default_kind;
  return usual && all.includes(usual) ? [usual, ...all.filter((kind) => kind !== usual)] : all;
});
export const cashMeans = computed(() => site.value?.means.find((means) => means.kind === 'cash') ?? null);
export const asksTip = computed(() => site.value?.tip.rule === 'ask');
