// The day's sales: big figures against the same weekday a week before, bars by hour, and a table for every question.
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { t } from '../i18n/index';
import { Button } from '../parts/button';
import { HourBars, ShareBar } from '../parts/bars';
import { Icon } from '../parts/icon';
import { capital, day, digits, money, rate, shiftDay } from '../state/format';
import { report } from '../state/notice';
import { shift } from '../state/shift';
import type { Daily } from '../types';

export function DailySales() {
  const tr = t.value.daily;
  const [date, setDate] = useState<string | null>(null);
  const [facts, setFacts] = useState<Daily | null>(null);
  const [beforeHours, setBefore] = useState<Daily['by_hour']>([]);
  useEffect(() => {
    get<Daily>(`/reports/daily${date ? `?date=${date}` : ''}`)
      .then(async (answer) => {
        setFacts(answer);
        setBefore(
          answer.last_week.documents > 0 ? (await get<Daily>(`/reports/daily?date=${answer.last_week.date}`)).by_hour : [],
        );
      })
      .catch(report);
  }, [date, shift.value?.id]);
  if (!facts)
    return (
      <main class="center-page">
        <p>{t.value.loading}</p>
      </main>
    );
  const { totals, last_week: before } = facts;
  return (
    <main class="daily">
      <header class="daily-head">
        <h1>{tr.title}</h1>
        <div class="daily-day">
          <Button look="plain" label={tr.earlier} onPress={() => setDate(shiftDay(facts.date, -1))} testId="day-earlier">
            <Icon name="back" />
          </Button>
          <strong>{capital(day(facts.date))}</strong>
          <Button look="plain" label={tr.later} onPress={() => setDate(shiftDay(facts.date, 1))} testId="day-later">
            <Icon name="next" />
          </Button>
          <Button look="plain" disabled={date === null} onPress={() => setDate(null)}>
            {tr.today}
          </Button>
        </div>
      </header>
      <section class="figures">
        <Figure word={tr.net} now={money(totals.net)} then={tr.against(money(before.net))} big testId="day-net" />
        <Figure word={tr.documents} now={digits(totals.documents)} then={tr.against(digits(before.documents))} />
        <Figure word={tr.average} now={money(totals.average)} then={tr.against(money(before.average))} />
        <Figure word={tr.tax} now={money(totals.tax)} then={tr.against(money(before.tax))} />
        <Figure word={tr.tips} now={money(totals.tips)} then={tr.against(money(before.tips))} />
        <Figure word={tr.discount} now={money(totals.discount)} then={tr.against(money(before.discount))} />
        <Figure word={tr.voids} now={money(facts.voids.amount)} then={tr.void_lines(facts.voids.quantity)} />
      </section>
      {totals.documents === 0 ? <p class="empty">{tr.empty}</p> : <Tables facts={facts} before={beforeHours} />}
      <p class="hint">{tr.tips_note}</p>
    </main>
  );
}

function Figure({ word, now, then, big, testId }: { word: string; now: string; then: string; big?: boolean; testId?: string }) {
  return (
    <div class={`figure ${big ? 'big' : ''}`}>
      <span>{word}</span>
      <strong data-testid={testId}>{now}</strong>
      <span class="figure-then">{then}</span>
    </div>
  );
}

function Tables({ facts, before }: { facts: Daily; before: Daily['by_hour'] }) {
  const tr = t.value.daily;
  const hours = facts.by_hour.filter((row) => row.documents > 0);
  const top = facts.by_item.slice(0, 12);
  const most = Math.max(1, ...top.map((row) => row.net));
  const mostCategory = Math.max(1, ...facts.by_category.map((row) => row.net));
  return (
    <div class="reports">
      <article class="wide">
        <h2>{tr.by_hour}</h2>
        <HourBars rows={facts.by_hour} before={before} label={tr.bars} />
        <Table
          head={[tr.hour, tr.documents, tr.amount]}
          rows={hours.map((row) => [`${row.hour}:00`, digits(row.documents), money(row.net)])}
        />
      </article>
      <article>
        <h2>{tr.by_item}</h2>
        <Table
          head={[tr.item, tr.quantity, tr.amount]}
          rows={top.map((row) => [row.name, digits(row.quantity), money(row.net)])}
          bars={top.map((row) => row.net / most)}
        />
      </article>
      <article>
        <h2>{tr.by_category}</h2>
        <Table
          head={[tr.category, tr.quantity, tr.amount]}
          rows={facts.by_category.map((row) => [row.name, digits(row.quantity), money(row.net)])}
          bars={facts.by_category.map((row) => row.net / mostCategory)}
        />
      </article>
      <article>
        <h2>{tr.by_means}</h2>
        <Table
          head={[tr.means, tr.count, tr.amount]}
          rows={facts.by_means.map((row) => [row.name, digits(row.count), money(row.charged)])}
        />
      </article>
      <article>
        <h2>{tr.by_tax}</h2>
        <Table
          head={[tr.tax, tr.base, tr.amount]}
          rows={facts.by_tax.map((row) => [`${row.name} ${rate(row.rate)}`, money(row.base), money(row.tax)])}
        />
      </article>
    </div>
  );
}

function Table({ head, rows, bars }: { head: string[]; rows: string[][]; bars?: number[] }) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((word, i) => (
            <th key={word} scope="col" class={i ? 'number' : ''}>
              {word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, y) => (
          <tr key={row[0]}>
            {row.map((cell, x) => (
              <td key={x} class={x ? 'number' : ''}>
                {cell}
                {bars && x === 0 && <ShareBar share={bars[y] ?? 0} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
