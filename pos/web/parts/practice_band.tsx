// The band over every screen of practice: that nothing here is real, the tasks, and the way out.
import { useEffect, useState } from 'preact/hooks';
import { leavePractice } from '../house';
import { tp } from '../i18n/practice';
import { tell } from '../state/notice';
import { justDone, practice } from '../state/practice';
import { lock, session } from '../state/session';
import { Button } from './button';
import { Icon } from './icon';
import { lazy } from './lazy';

const PracticeSheet = lazy(() => import('./practice_sheet').then((m) => m.PracticeSheet), true);

/** Nobody finds a session that somebody else left here. */
async function leave(): Promise<void> {
  if (session.value) await lock();
  leavePractice();
}

export function PracticeBand() {
  const tr = tp.value;
  const [open, setOpen] = useState(false);
  const who = session.value;
  const mine = practice.value?.tasks.filter((task) => task.possible) ?? [];
  const done = mine.filter((task) => task.done_at).length;
  useEffect(() => {
    if (!who) setOpen(false);
  }, [who]);
  useEffect(() => {
    if (!justDone.value) return;
    tell(tr.well_done(tr.names[justDone.value]));
    justDone.value = null;
  }, [justDone.value]);
  return (
    <>
      <p class="practice-words" role="note">
        <strong>{tr.band}</strong>
        <span class="on-wide"> — {tr.not_real}</span>
        <span class="on-narrow">{who ? tr.not_real_short : tr.not_real}</span>
      </p>
      {who && (
        <Button className="practice-key" onPress={() => setOpen(!open)} testId="practice-tasks">
          <Icon name="learn" />
          <span class="on-wide">{mine.length ? tr.tasks_done(done, mine.length) : tr.tasks}</span>
          <span class="on-narrow">{mine.length ? tr.tasks_short(done, mine.length) : tr.tasks}</span>
        </Button>
      )}
      <Button className="practice-key" onPress={leave} label={tr.leave} testId="practice-leave">
        <Icon name="close" />
        <span class="on-wide">{tr.leave}</span>
        <span class="on-narrow">{tr.leave_short}</span>
      </Button>
      {open && who && <PracticeSheet onClose={() => setOpen(false)} />}
    </>
  );
}
