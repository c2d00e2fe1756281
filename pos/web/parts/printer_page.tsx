// A printer's page: what is the matter and what to do, what waits and since when, how it proves what it printed, who prints there, and the acts:
// test page, pause, another printer for a station.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { tp } from '../i18n/printers';
import { age, capital, clock } from '../state/format';
import { tell } from '../state/notice';
import {
  firstInDoubt,
  inDoubt,
  loadJobs,
  pausePrinter,
  places,
  printerName,
  printers,
  routeStation,
  testPrinter,
  troublesOf,
  waitingSince,
  type Place,
} from '../state/print';
import { go } from '../state/route';
import type { Printer } from '../types';
import { Button } from './button';
import { Icon } from './icon';
import { RemediesSheet, RemedyCard } from './remedies';
import { Scroller } from './scroller';
import { Sheet } from './sheet';

export function PrinterPage({ printer }: { printer: Printer }) {
  const tr = tp.value;
  const [asking, setAsking] = useState(false);
  const [moving, setMoving] = useState<string | null>(null);
  const troubles = troublesOf(printer);
  const away = places.value.find((place) => place.station === moving);
  const pause = async (): Promise<void> => {
    await pausePrinter(printer.id, !printer.paused);
    tell(printer.paused ? tr.resumed_told : tr.paused_told);
  };
  const seeDoubt = async (): Promise<void> => {
    const job = await firstInDoubt(printer.id);
    if (job) go({ at: 'paper', job: job.id });
  };
  return (
    <>
      <header class="ticket-head printer-head">
        <Button
          look="quiet"
          className="ticket-back"
          label={t.value.back}
          onPress={() => go({ at: 'paper', job: null })}
          testId="printer-back"
        >
          <Icon name="back" />
          <span>{t.value.back}</span>
        </Button>
        <h2>{printer.name}</h2>
      </header>
      <Scroller className="printer-scroll">
        <div class="printer-body" data-testid="printer-page">
          {troubles.length === 0 && (
            <p class="all-well">
              <Icon name="check" />
              <span>{tr.all_well}</span>
            </p>
          )}
          {troubles.map((one) => (
            <RemedyCard
              key={one}
              of={one}
              note={one === 'paused' && printer.paused ? tr.paused_by(capital(printer.paused.by ?? tr.console), clock(printer.paused.at)) : ''}
            >
              {one === 'doubt' && (
                <Button look="primary" onPress={seeDoubt} testId="see-doubt">
                  <Icon name="paper" />
                  <span>{tr.see_doubt}</span>
                </Button>
              )}
            </RemedyCard>
          ))}
          <Facts printer={printer} />
          <Stations printer={printer} onMove={(place) => setMoving(place.station)} />
        </div>
      </Scroller>
      <footer class="printer-acts">
        <Button onPress={() => setAsking(true)} testId="what-happened">
          {tr.what_happened}
        </Button>
        <Button
          onPress={async () => {
            await testPrinter(printer.id);
            tell(tr.test_asked);
            await loadJobs();
          }}
          testId="test-print"
        >
          {tr.test}
        </Button>
        <Button look={printer.paused ? 'primary' : 'plain'} onPress={pause} testId="pause">
          <Icon name={printer.paused ? 'printer' : 'pause'} />
          <span>{printer.paused ? tr.resume : tr.pause}</span>
        </Button>
      </footer>
      {asking && <RemediesSheet now={troubles} onClose={() => setAsking(false)} />}
      {away && <RouteSheet place={away} onClose={() => setMoving(null)} />}
    </>
  );
}

function Facts({ printer }: { printer: Printer }) {
  const tr = tp.value;
  const since = waitingSince(printer);
  const rows: [string, string][] = [
    [tr.waiting, printer.waiting ? t.value.status.waiting(printer.waiting) : tr.nothing_waits],
    ...(since !== null ? ([[tr.oldest, age(new Date(since).toISOString())]] as [string, string][]) : []),
    ...(inDoubt(printer) ? ([[tr.doubt, t.value.status.doubtful(inDoubt(printer))]] as [string, string][]) : []),
    [tr.last, printer.last_printed_at ? clock(printer.last_printed_at) : tr.never],
    [tr.proof, printer.evidence ? tr.proofs[printer.evidence] : tr.proof_unknown],
  ];
  return (
    <dl class="printer-facts">
      {rows.map(([name, words]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Sends a station's tickets elsewhere, or home when that is where it goes, and says so. */
async function route(place: Place, to: Printer): Promise<void> {
  const tr = tp.value;
  const home = to.id === place.home;
  const moved = await routeStation(place.station, home ? null : to.id);
  tell(home ? tr.sent_home(place.name, to.name) : tr.routed(place.name, to.name, moved));
  await loadJobs();
}

function Stations({ printer, onMove }: { printer: Printer; onMove: (place: Place) => void }) {
  const tr = tp.value;
  const here = places.value.filter((place) => place.home === printer.id || place.printer.id === printer.id);
  const goHome = async (place: Place): Promise<void> => {
    const home = printers.value.find((one) => one.id === place.home);
    if (home) await route(place, home);
  };
  return (
    <section class="printer-stations">
      <h3>{tr.stations}</h3>
      {here.length === 0 && <p class="hint">{tr.no_stations}</p>}
      {here.map((place) => {
        const astray = place.printer.id !== place.home;
        const words = !astray
          ? tr.station_here
          : place.printer.id === printer.id
            ? tr.station_guest(printerName(place.home))
            : tr.station_away(place.printer.name);
        return (
          <div key={place.station} class={`station ${astray ? 'astray' : ''}`} data-testid={`station-${place.station}`}>
            <p>
              <strong>{place.name}</strong>
              <span>{words}</span>
            </p>
            {astray ? (
              <Button look="primary" onPress={() => goHome(place)} testId={`home-${place.station}`}>
                {tr.route_home}
              </Button>
            ) : (
              printers.value.length > 1 && (
                <Button onPress={() => onMove(place)} testId={`route-${place.station}`}>
                  {tr.route}
                </Button>
              )
            )}
          </div>
        );
      })}
    </section>
  );
}

function RouteSheet({ place, onClose }: { place: Place; onClose: () => void }) {
  const tr = tp.value;
  return (
    <Sheet title={tr.route_title(place.name)} onClose={onClose} testId="route-sheet">
      <p class="sheet-hint">{tr.route_hint}</p>
      <div class="menu-list">
        {printers.value
          .filter((one) => one.id !== place.printer.id)
          .map((one) => {
            const what = troublesOf(one)[0];
            return (
              <Button
                key={one.id}
                look="row"
                className="route-row"
                onPress={async () => {
                  await route(place, one);
                  onClose();
                }}
                testId={`route-to-${one.id}`}
              >
                <Icon name={what ? 'alert' : 'printer'} />
                <span>{one.name}</span>
                <span class="row-end">{what ? t.value.status.troubles[what] : t.value.paper.ready}</span>
              </Button>
            );
          })}
      </div>
    </Sheet>
  );
}
