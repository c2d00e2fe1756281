// Every ticket as it came out: the printers and how they are, the list of print jobs, the picture of one, reprint, and what is in doubt.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { Scroller } from '../parts/scroller';
import { clock } from '../state/format';
import { report, tell } from '../state/notice';
import {
  inTrouble,
  jobs,
  jobsNext,
  jobsOf,
  loadJobs,
  loadOlderJobs,
  loadPrinters,
  printers,
  reprint,
  resolveJob,
  testPrinter,
  troubleOf,
} from '../state/print';
import { go, route } from '../state/route';
import { site } from '../state/site';
import type { Job, Printer } from '../types';

const jobName = (job: Job): string => {
  const kinds = t.value.paper.kinds as Record<string, string | undefined>;
  const station = site.value?.stations.find((candidate) => candidate.id === job.station)?.name;
  return `${kinds[job.kind] ?? job.kind}${station ? ` · ${station}` : ''}`;
};

export function Paper() {
  const tr = t.value.paper;
  const at = route.value;
  const chosen = at.at === 'paper' ? at.job : null;
  useEffect(() => {
    loadPrinters().catch(report);
    loadJobs().catch(report);
  }, [jobsOf.value]);
  const job = jobs.value.find((candidate) => candidate.id === chosen);
  return (
    <main class={`paper ${chosen ? 'showing' : ''}`}>
      <section class="paper-list">
        <div class="printers">
          <Button
            look="row"
            className="printer"
            selected={jobsOf.value === null}
            onPress={() => {
              jobsOf.value = null;
            }}
          >
            <Icon name="paper" />
            <span>
              <strong>{tr.all}</strong>
            </span>
          </Button>
          {printers.value.map((printer) => (
            <PrinterRow key={printer.id} printer={printer} />
          ))}
        </div>
        <Scroller className="jobs">
          {jobs.value.length === 0 && <p class="empty">{tr.empty}</p>}
          {jobs.value.map((one) => (
            <JobRow key={one.id} job={one} selected={one.id === chosen} />
          ))}
          {jobsNext.value !== null && (
            <Button className="older" onPress={loadOlderJobs}>
              {tr.older}
            </Button>
          )}
        </Scroller>
      </section>
      <section class="paper-view">
        {chosen ? <Ticket key={chosen} id={chosen} job={job} /> : <p class="empty">{tr.choose}</p>}
      </section>
    </main>
  );
}

function PrinterRow({ printer }: { printer: Printer }) {
  const tr = t.value.paper;
  const selected = jobsOf.value === printer.id;
  const bad = inTrouble(printer);
  return (
    <Button
      look="row"
      className={`printer ${bad ? 'bad' : ''}`}
      selected={selected}
      onPress={() => {
        jobsOf.value = selected ? null : printer.id;
      }}
      testId={`printer-${printer.id}`}
    >
      <Icon name={bad ? 'alert' : 'printer'} />
      <span>
        <strong>{printer.name}</strong>
        <span>{printer.transport === 'virtual' && !bad ? tr.virtual : (troubleOf(printer) ?? tr.ready)}</span>
      </span>
    </Button>
  );
}

const icons = {
  queued: 'wait',
  sending: 'printer',
  sent: 'printer',
  printed: 'check',
  unknown: 'alert',
  failed: 'close',
} as const;

function JobRow({ job, selected }: { job: Job; selected: boolean }) {
  const tr = t.value.paper;
  const marks = tr.marks as Record<string, string | undefined>;
  return (
    <Button
      look="row"
      className={`job job-${job.state}`}
      selected={selected}
      onPress={() => go({ at: 'paper', job: job.id })}
      testId={`job-${job.kind}`}
    >
      <Icon name={icons[job.state] ?? 'wait'} />
      <span class="job-words">
        <strong>{jobName(job)}</strong>
        <span>
          {tr.states[job.state]} · {clock(job.created_at)}
          {job.marks.map((mark) => ` · ${marks[mark] ?? mark}`)}
        </span>
      </span>
      {job.sequence !== null && job.sequence > 0 && <span class="job-number">#{job.sequence}</span>}
    </Button>
  );
}

function Ticket({ id, job }: { id: number; job: Job | undefined }) {
  const tr = t.value.paper;
  const [missing, setMissing] = useState(false);
  const show = (next: number | null): void => {
    tell(tr.reprinted);
    if (next) go({ at: 'paper', job: next });
    loadJobs().catch(report);
  };
  const printer = printers.value.find((candidate) => candidate.id === job?.printer);
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
        {printer && (
          <Button look="plain" onPress={async () => show((await testPrinter(printer.id)).job)} testId="test-print">
            {tr.test}
          </Button>
        )}
        <Button look="primary" onPress={async () => show((await reprint(id)).job)} testId="reprint">
          <Icon name="printer" />
          <span>{tr.reprint}</span>
        </Button>
      </header>
      {job?.state === 'unknown' && (
        <div class="doubt" role="alert">
          <p>{tr.doubt}</p>
          <Button
            onPress={async () => {
              await resolveJob(id, true);
              await loadJobs();
            }}
            testId="came-out"
          >
            {tr.came_out}
          </Button>
          <Button look="primary" onPress={async () => show((await resolveJob(id, false)).job)} testId="did-not">
            {tr.did_not}
          </Button>
        </div>
      )}
      <Scroller className="ticket-scroll">
        {missing ? (
          <p class="empty">{tr.no_picture}</p>
        ) : (
          <div class="ticket">
            <img
              src={`/api/v1/print-jobs/${id}/picture`}
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
