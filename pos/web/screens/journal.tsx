// The journal for a manager: who did what, newest first, by day, person, kind and order; an entry opens to all that was noted of it.
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { ta } from '../i18n/after';
import { t } from '../i18n/index';
import { AmountSheet } from '../parts/amount_sheet';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { JournalSheet } from '../parts/journal_sheet';
import { Scroller } from '../parts/scroller';
import { Sheet } from '../parts/sheet';
import { capital, clock, day, digits, money, shiftDay } from '../state/format';
import { dayPath, groups, headline, personOf, type Filter, type Group } from '../state/journal';
import { today } from '../state/history';
import { report } from '../state/notice';
import { go, route } from '../state/route';
import { signInPage } from '../state/session';
import type { JournalEntry } from '../types';

interface Page {
  entries: JournalEntry[];
  next: number | null;
}
interface Verified {
  entries: number;
  first_bad: number | null;
  head: string;
}

export function Journal() {
  const tr = ta.value.journal;
  const at = route.value;
  const ofOrder = at.at === 'journal' ? at.order : null;
  const [filter, setFilter] = useState<Filter>({ day: null, staff: null, group: null, order: null });
  const [entries, setEntries] = useState<JournalEntry[] | null>(null);
  const [next, setNext] = useState<number | null>(null);
  const [verified, setVerified] = useState<Verified | null>(null);
  const [seen, setSeen] = useState<JournalEntry | null>(null);
  const path = dayPath(filter, ofOrder);
  useEffect(() => {
    let current = true;
    get<Page>(path)
      .then((page) => {
        if (!current) return;
        setEntries(page.entries);
        setNext(page.next);
      })
      .catch(report);
    return () => {
      current = false;
    };
  }, [path]);
  const older = async (): Promise<void> => {
    const page = await get<Page>(`${path}&before=${next}`);
    setEntries([...(entries ?? []), ...page.entries]);
    setNext(page.next);
  };
  const verify = async (): Promise<void> => setVerified(await get<Verified>('/journal/verify'));
  return (
    <main class="journal">
      <Filters filter={filter} ofOrder={ofOrder} onChange={setFilter} />
      <Scroller key={path} className="journal-scroll">
        {entries?.length === 0 && <p class="empty">{tr.empty}</p>}
        <div class="menu-list">
          {entries?.map((entry, i) => (
            <Row key={entry.seq} entry={entry} before={entries[i - 1]} onPress={() => setSeen(entry)} />
          ))}
          {next !== null && (
            <Button onPress={older} testId="older">
              {tr.older}
            </Button>
          )}
        </div>
      </Scroller>
      <footer class="journal-foot">
        <p class="hint">{tr.hint}</p>
        <Button onPress={verify} testId="verify">
          <Icon name="check" />
          <span>{tr.verify}</span>
        </Button>
      </footer>
      {verified && (
        <Sheet title={verified.first_bad ? tr.broken_title : tr.whole_title} onClose={() => setVerified(null)} testId="verified">
          <p class="sheet-lead">{verified.first_bad ? tr.broken(verified.first_bad) : tr.whole(digits(verified.entries))}</p>
          <p class="sheet-hint">{tr.head}</p>
          <p class="chain-head">{verified.head}</p>
        </Sheet>
      )}
      {seen && (
        <JournalSheet
          entry={seen}
          onPerson={(staff) => {
            setFilter({ ...filter, staff });
            setSeen(null);
          }}
          onClose={() => setSeen(null)}
        />
      )}
    </main>
  );
}

/** One key for each thing to search by; it says what is chosen, and its sheet offers the rest. */
function Filters({ filter, ofOrder, onChange }: { filter: Filter; ofOrder: number | null; onChange: (filter: Filter) => void }) {
  const tr = ta.value.journal;
  const [open, setOpen] = useState<'staff' | 'group' | 'order' | null>(null);
  const latest = today();
  const people = signInPage.value?.people ?? [];
  const person = filter.staff === null ? tr.everybody : capital(people.find((one) => one.id === filter.staff)?.name ?? `n.º ${filter.staff}`);
  const key = (id: string, word: string, value: string, on: boolean, act: () => void) => (
    <Button className="filter" selected={on} onPress={act} testId={id}>
      <span class="filter-word">{word}</span>
      <strong>{value}</strong>
    </Button>
  );
  const choose = (change: Partial<Filter>): void => {
    onChange({ ...filter, ...change });
    setOpen(null);
  };
  return (
    <div class="filters">
      <div class="day-row">
        <Button look="key" label={ta.value.history.earlier} onPress={() => choose({ day: filter.day ? shiftDay(filter.day, -1) : latest })} testId="day-earlier">
          <Icon name="back" />
        </Button>
        <Button look="quiet" disabled={!filter.day} onPress={() => choose({ day: null })} testId="day-all">
          <span class="filter-day">{filter.day ? capital(day(filter.day)) : tr.all_days}</span>
          {filter.day && <Icon name="close" />}
        </Button>
        <Button
          look="key"
          disabled={!filter.day || filter.day >= latest}
          label={ta.value.history.later}
          onPress={() => choose({ day: shiftDay(filter.day!, 1) })}
          testId="day-later"
        >
          <Icon name="next" />
        </Button>
      </div>
      <div class="filter-keys">
        {key('filter-staff', tr.who, person, filter.staff !== null, () => setOpen('staff'))}
        {key('filter-group', tr.what, filter.group ? tr.groups[filter.group] : tr.everything, filter.group !== null, () => setOpen('group'))}
        {ofOrder !== null
          ? key('filter-order', tr.order, tr.this_order, true, () => go({ at: 'journal', order: null }))
          : key('filter-order', tr.order, filter.order ? tr.order_n(filter.order) : tr.any_order, filter.order !== null, () =>
              filter.order ? choose({ order: null }) : setOpen('order'),
            )}
      </div>
      {open === 'staff' && (
        <Sheet title={tr.who} onClose={() => setOpen(null)} testId="people-sheet">
          <div class="choices">
            <Button selected={filter.staff === null} onPress={() => choose({ staff: null })} testId="who-all">
              {tr.everybody}
            </Button>
            {people.map((one) => (
              <Button key={one.id} selected={filter.staff === one.id} onPress={() => choose({ staff: one.id })} testId={`who-${one.name}`}>
                {capital(one.name)}
              </Button>
            ))}
          </div>
        </Sheet>
      )}
      {open === 'group' && (
        <Sheet title={tr.what} onClose={() => setOpen(null)} testId="groups-sheet">
          <div class="choices one">
            <Button selected={filter.group === null} onPress={() => choose({ group: null })} testId="what-all">
              {tr.everything}
            </Button>
            {(Object.keys(groups) as Group[]).map((one) => (
              <Button key={one} selected={filter.group === one} onPress={() => choose({ group: one })} testId={`what-${one}`}>
                {tr.groups[one]}
              </Button>
            ))}
          </div>
        </Sheet>
      )}
      {open === 'order' && (
        <AmountSheet
          title={tr.find_order}
          word={() => ta.value.history.find_go}
          show={(n) => (n ? String(n) : '')}
          onDone={(n) => choose({ order: n })}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

const dayOf = (at: string): string => at.slice(0, 10);

function Row({ entry, before, onPress }: { entry: JournalEntry; before: JournalEntry | undefined; onPress: () => void }) {
  const { what, about, amount } = headline(entry);
  return (
    <>
      {(!before || dayOf(before.at) !== dayOf(entry.at)) && <h2 class="journal-day">{capital(day(dayOf(entry.at)))}</h2>}
      <Button look="row" className="entry" onPress={onPress} testId={`entry-${entry.kind}`}>
        <span class="entry-time">{clock(entry.at)}</span>
        <span class="entry-words">
          <strong>{what}</strong>
          <span>
            {[
              personOf(entry),
              entry.order_number ? t.value.queue.order(entry.order_number) : null,
              about,
              entry.approver_name ? ta.value.journal.approved(capital(entry.approver_name)) : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
        {amount !== null && <span class="entry-sum">{money(amount)}</span>}
      </Button>
    </>
  );
}
