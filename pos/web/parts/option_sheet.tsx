// The options of a product. What must be chosen is red until it is; once all that must be chosen is, the sheet closes itself.
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { addToDraft, setDraftLine, unitPrice, type DraftLine } from '../state/draft';
import { capital, money } from '../state/format';
import { currentDraft } from '../state/sale';
import { groupsOf } from '../state/site';
import type { LineOption, MenuItem, Option, OptionGroup } from '../types';
import { choosing, chosen } from '../screens/order_acts';
import { Button } from './button';
import { Icon } from './icon';
import { Sheet } from './sheet';

export type Picks = Record<string, string[]>;

const count = (picks: Picks, group: OptionGroup): number => picks[group.id]?.length ?? 0;
export const isSatisfied = (groups: OptionGroup[], picks: Picks): boolean =>
  groups.every((group) => count(picks, group) >= group.min);

/** Nothing is left to ask: every group that must be chosen is, and none of those can take more. Where nothing must be chosen, all is full. */
export function closesItself(groups: OptionGroup[], picks: Picks): boolean {
  const required = groups.filter((group) => group.min > 0);
  const asked = required.length > 0 ? required : groups;
  return asked.every((group) => count(picks, group) === group.max);
}

/** One choice replaces the last where one is allowed; where several are, it goes in and out, never above the maximum. */
export function toggle(picks: Picks, group: OptionGroup, option: Option): Picks {
  const now = picks[group.id] ?? [];
  let next: string[];
  if (now.includes(option.id)) next = group.min === 1 && group.max === 1 ? now : now.filter((id) => id !== option.id);
  else if (group.max === 1) next = [option.id];
  else if (now.length < group.max) next = [...now, option.id];
  else return picks;
  return { ...picks, [group.id]: next };
}

function optionsOf(groups: OptionGroup[], picks: Picks): LineOption[] {
  return groups.flatMap((group) =>
    group.options
      .filter((option) => picks[group.id]?.includes(option.id))
      .map((option) => ({ group: group.id, option: option.id, name: option.name, quantity: 1, price: option.price })),
  );
}
function picksOf(line: DraftLine | undefined): Picks {
  const picks: Picks = {};
  for (const option of line?.options ?? []) picks[option.group] = [...(picks[option.group] ?? []), option.option];
  return picks;
}

export function OptionSheet() {
  const what = choosing.value;
  return what && <Options key={`${what.item.id}${what.line?.id ?? ''}`} item={what.item} line={what.line} />;
}

function Options({ item, line }: { item: MenuItem; line: DraftLine | undefined }) {
  const tr = t.value;
  const groups = groupsOf(item);
  const required = groups.filter((group) => group.min > 0);
  const optional = groups.filter((group) => group.min === 0);
  const [picks, setPicks] = useState<Picks>(() => picksOf(line));
  const satisfied = isSatisfied(groups, picks);
  const next = required.find((group) => count(picks, group) < group.min);
  const body = useRef<HTMLDivElement>(null);

  // On a narrow screen the next group that must be chosen comes into view by itself.
  useEffect(() => {
    if (next && Object.keys(picks).length)
      body.current?.querySelector(`[data-group="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [next?.id]);

  const shut = (): void => {
    choosing.value = null;
  };
  const finish = (chosenPicks: Picks): void => {
    const options = optionsOf(groups, chosenPicks);
    const draft = currentDraft();
    if (line) setDraftLine(draft, { ...line, options });
    else chosen.value = { draft: addToDraft(draft, item, options) };
    shut();
  };
  const press = (group: OptionGroup, option: Option): void => {
    const after = toggle(picks, group, option);
    setPicks(after);
    if (!line && closesItself(groups, after)) finish(after);
  };
  const price = unitPrice({ item: item.id, price: item.price, options: optionsOf(groups, picks) }, currentDraft().kind);
  return (
    <Sheet
      title={item.name}
      onClose={shut}
      closeWord={tr.cancel}
      size="wide"
      testId="options"
      actions={
        <>
          <span class="sheet-price">{money(price)}</span>
          <Button look="primary" disabled={!satisfied} onPress={() => finish(picks)} testId="options-done">
            {tr.done}
          </Button>
        </>
      }
    >
      <div class="groups" ref={body}>
        {[...required, ...optional].map((group) => (
          <Group key={group.id} group={group} picks={picks} onPress={(option) => press(group, option)} />
        ))}
      </div>
    </Sheet>
  );
}

function hint(group: OptionGroup): string {
  const tr = t.value.options;
  if (group.min === 0) return `${tr.optional} · ${tr.pick_up_to(group.max)}`;
  if (group.min === group.max) return group.min === 1 ? tr.pick_one : tr.pick_n(group.min);
  return tr.pick_range(group.min, group.max);
}

function Group({ group, picks, onPress }: { group: OptionGroup; picks: Picks; onPress: (option: Option) => void }) {
  const tr = t.value.options;
  const missing = count(picks, group) < group.min;
  const full = group.max > 1 && count(picks, group) >= group.max;
  return (
    <section class={`group ${missing ? 'missing' : ''} ${group.min > 0 && !missing ? 'satisfied' : ''}`} data-group={group.id}>
      <h3>
        <span>{group.name}</span>
        <span class="group-hint">
          {missing ? (
            <>
              <Icon name="alert" />
              {tr.choose}
            </>
          ) : group.min > 0 ? (
            <>
              <Icon name="check" />
              {tr.chosen}
            </>
          ) : (
            hint(group)
          )}
        </span>
      </h3>
      <div class="option-grid">
        {group.options.map((option) => {
          const picked = picks[group.id]?.includes(option.id) ?? false;
          return (
            <Button
              key={option.id}
              className="option"
              selected={picked}
              disabled={full && !picked}
              onPress={() => onPress(option)}
              testId={`option-${option.id}`}
            >
              <span>{capital(option.name)}</span>
              {option.price > 0 && <span class="option-price">+ {money(option.price)}</span>}
            </Button>
          );
        })}
      </div>
    </section>
  );
}
