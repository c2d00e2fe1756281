// Every ticket as it came out: the printers and how they are, the list of print jobs, and beside it the picture of one or a printer's page.
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/index';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { PrinterPage } from '../parts/printer_page';
import { Scroller } from '../parts/scroller';
import { jobName, Ticket } from '../parts/ticket_view';
import { clock } from '../state/format';
import { report } from '../state/notice';
import {
  inTrouble,
  jobs,
  jobsNext,
  jobsOf,
  loadJobs,
  loadOlderJobs,
  loadPrinters,
  printerName,
  printers,
  sieve,
  troublesOf,
  type Sieve,
} from '../state/print';
import { go, route } from '../state/route';
import type { Job, Printer } from '../types';

export function Paper() {
  const tr = t.value.paper;
  const at = route.value;
  const chosen = at.at === 'paper' ? at.job : null;
  const named = at.at === 'printer' ? at.printer : null;
  const printer = printers.value.find((candidate) => candidate.id === named);
  useEffect(() => {
    loadPrinters().catch(report);
  }, []);
  useEffect(() => {
    if (named) jobsOf.value = named;
  }, [named]);
  useEffect(() => {
    loadJobs().catch(report);
  }, [jobsOf.value, sieve.value]);
  const empty = { all: tr.empty, waiting: tr.empty_waiting, doubt: tr.empty_doubt, printed: tr.empty_printed };
  return (
    <main class={`paper ${chosen || printer ? 'showing' : ''}`}>
      <section class="paper-list">
        <div class="printers">
          <Button
            look="row"
            className="printer"
            selected={jobsOf.value === null}
            onPress={() => {
              jobsOf.value = null;
              go({ at: 'paper', job: null });
            }}
            testId="all-printers"
          >
            <Icon name="paper" />
            <span>
              <strong>{tr.all}</strong>
            </span>
          </Button>
          {printers.value.map((one) => (
            <PrinterRow key={one.id} printer={one} />
          ))}
        </div>
        <div class="sieves segmented">
          {(Object.keys(tr.sieves) as Sieve[]).map((name) => (
            <Button
              key={name}
              className="sieve"
              selected={sieve.value === name}
              onPress={() => {
                sieve.value = name;
              }}
              testId={`sieve-${name}`}
            >
              {tr.sieves[name]}
            </Button>
          ))}
        </div>
        <Scroller className="jobs">
          {jobs.value.length === 0 && <p class="empty">{empty[sieve.value]}</p>}
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
        {chosen ? (
          <Ticket key={chosen} id={chosen} />
        ) : printer ? (
          <PrinterPage key={printer.id} printer={printer} />
        ) : (
          <p class="empty">{tr.choose}</p>
        )}
      </section>
    </main>
  );
}

function PrinterRow({ printer }: { printer: Printer }) {
  const tr = t.value.paper;
  const bad = inTrouble(printer);
  const what = troublesOf(printer)[0];
  return (
    <Button
      look="row"
      className={`printer ${bad ? 'bad' : what ? 'told' : ''}`}
      selected={jobsOf.value === printer.id}
      onPress={() => go({ at: 'printer', printer: printer.id })}
      testId={`printer-${printer.id}`}
    >
      <Icon name={bad ? 'alert' : what === 'paused' ? 'pause' : 'printer'} />
      <span>
        <strong>{printer.name}</strong>
        <span>{what ? t.value.status.troubles[what] : printer.transport === 'virtual' ? tr.virtual : tr.ready}</span>
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
  const words = [
    tr.states[job.state],
    clock(job.created_at),
    ...(jobsOf.value === null && printers.value.length > 1 ? [printerName(job.printer)] : []),
    ...job.marks.map((mark) => marks[mark] ?? mark),
  ];
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
        <span>{words.join(' · ')}</span>
      </span>
      {job.sequence !== null && job.sequence > 0 && <span class="job-number">#{job.sequence}</span>}
    </Button>
  );
}
