// One ticket as it is on paper: its picture, the copy, and the question whether it came out when nobody knows.
import { useEffect, useState } from 'preact/hooks';
import { PREFIX } from '../house';
import { t } from '../i18n/index';
import { report, tell } from '../state/notice';
import { awaitsPerson, jobs, loadJob, loadJobs, reprint, resolveJob } from '../state/print';
import { go } from '../state/route';
import { site } from '../state/site';
import type { Job } from '../types';
import { Button } from './button';
import { Icon } from './icon';
import { Scroller } from './scroller';

export const jobName = (job: Job): string => {
  const kinds = t.value.paper.kinds as Record<string, string | undefined>;
  const station = site.value?.stations.find((candidate) => candidate.id === job.station)?.name;
  return `${kinds[job.kind] ?? job.kind}${station ? ` · ${station}` : ''}`;
};

/** The job itself, which the list need not hold: it shows some only. */
function useJob(id: number): Job | undefined {
  const listed = jobs.value.find((candidate) => candidate.id === id);
  const [job, setJob] = useState<Job | undefined>(listed);
  useEffect(() => {
    if (listed) setJob(listed);
    else loadJob(id).then(setJob).catch(report);
  }, [id, jobs.value]);
  return listed ?? job;
}

export function Ticket({ id }: { id: number }) {
  const tr = t.value.paper;
  const job = useJob(id);
  const [missing, setMissing] = useState(false);
  const show = async (next: number | null, words: string): Promise<void> => {
    tell(words);
    await loadJobs();
    if (next) go({ at: 'paper', job: next });
  };
  return (
    <>
      <header class="ticket-head">
        <Button
          look="quiet"
          className="ticket-back"
          label={t.value.back}
          onPress={() => go({ at: 'paper', job: null })}
          testId="ticket-back"
        >
          <Icon name="back" />
          <span>{t.value.back}</span>
        </Button>
        <h2>{job ? jobName(job) : tr.title}</h2>
        <Button
          look="primary"
          disabled={!job || ['queued', 'sending', 'sent', 'unknown'].includes(job.state)}
          onPress={async () => show((await reprint(id)).job, tr.reprinted)}
          testId="reprint"
        >
          <Icon name="printer" />
          <span>{tr.reprint}</span>
        </Button>
      </header>
      {job && awaitsPerson(job) && (
        <div class="doubt" role="alert">
          <p>
            <strong>{tr.doubt}</strong>
            <span>{tr.doubt_hint}</span>
          </p>
          <Button onPress={async () => show((await resolveJob(id, true)).job, tr.confirmed)} testId="came-out">
            <Icon name="check" />
            <span>{tr.came_out}</span>
          </Button>
          <Button look="primary" onPress={async () => show((await resolveJob(id, false)).job, tr.reprinted)} testId="did-not">
            <Icon name="close" />
            <span>{tr.did_not}</span>
          </Button>
        </div>
      )}
      {job?.state === 'queued' && <p class="ticket-note">{tr.still_waiting}</p>}
      {(job?.state === 'sending' || (job?.state === 'sent' && !awaitsPerson(job))) && <p class="ticket-note">{tr.under_way}</p>}
      <Scroller className="ticket-scroll">
        {missing ? (
          <p class="empty">{tr.no_picture}</p>
        ) : (
          <div class="ticket">
            <img
              src={`${PREFIX}/api/v1/print-jobs/${id}/picture`}
              alt={tr.picture_of(job ? jobName(job) : String(id))}
              onError={() => setMissing(true)}
              data-testid="ticket-picture"
            />
          </div>
        )}
      </Scroller>
    </>
  );
}
