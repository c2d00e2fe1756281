// One entry of the journal: who, when, from where, by whose leave, and all that was noted.
import { ta } from '../i18n/after';
import { t } from '../i18n/index';
import { capital, clock, day } from '../state/format';
import { factsOf, headline, personOf } from '../state/journal';
import { go } from '../state/route';
import type { JournalEntry } from '../types';
import { Button } from './button';
import { Sheet } from './sheet';

export function JournalSheet({ entry, onPerson, onClose }: { entry: JournalEntry; onPerson: (staff: number) => void; onClose: () => void }) {
  const tr = ta.value.journal;
  const row = (word: string, value: string) => (
    <div key={word + value}>
      <dt>{word}</dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <Sheet
      title={headline(entry).what}
      onClose={onClose}
      testId="entry-sheet"
      actions={
        entry.staff !== null || entry.order !== null ? (
          <>
            {entry.staff !== null && (
              <Button onPress={() => onPerson(entry.staff!)} testId="only-person">
                {tr.only_person}
              </Button>
            )}
            {entry.order !== null && (
              <Button onPress={() => go({ at: 'history', id: entry.order })} testId="see-order">
                {tr.see_order}
              </Button>
            )}
          </>
        ) : undefined
      }
    >
      <p class="sheet-lead">{personOf(entry)}</p>
      <p class="sheet-hint">
        {capital(day(entry.at.slice(0, 10)))}, {clock(entry.at)}
        {entry.approver_name ? ` · ${tr.approved(capital(entry.approver_name))}` : ''}
      </p>
      <dl class="entry-facts">
        {entry.order_number !== null && row(tr.order, t.value.queue.order(entry.order_number))}
        {factsOf(entry).map(({ word, value }) => row(word, value))}
        {entry.device && row(tr.device, entry.device)}
        {row(tr.number, String(entry.seq))}
      </dl>
    </Sheet>
  );
}
