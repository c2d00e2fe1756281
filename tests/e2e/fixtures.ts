// What the specs of the screens share: a server of one's own, a finger, pictures, and the look at a screen that no person would pass:
// contrast, target sizes, text that does not fit, something wider than the screen.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer, type Api } from './support_server.mjs';

export { expect };
export type Server = Awaited<ReturnType<typeof startServer>>;
type SiteName = 'interno' | 'la-cocina' | 'go-lupe';

const pictures = join(dirname(fileURLToPath(import.meta.url)), 'results', 'screens');
const PINS: Record<string, string> = { caja: '1111', mesa: '2222', cocina: '3333', gerencia: '444444', administración: '555555' };

/* 10 mm and 2 mm at 96 dpi, in CSS pixels, a hair less for rounding. */
const TARGET = 37.7;
const GAP = 7.5;
const TEXT = 20;
/* Where a long name may end in "…": it stands whole elsewhere on the screen. */
const MAY_BE_CUT = '.status-text, .undo-word, .line-bar-word, .order-title p, .order-title h1, .brand strong, .bill-head h1, .lock-button span';

interface Options {
  siteName: SiteName;
}
interface Fixtures {
  server: Server;
  hand: Hand;
}

export const test = base.extend<Fixtures & Options>({
  siteName: ['interno', { option: true }],
  server: async ({ siteName }, use) => {
    const server = await startServer({ site: siteName });
    await use(server);
    await server.stop();
  },
  hand: async ({ page, server, siteName }, use, info) => {
    const complaints: string[] = [];
    page.on('pageerror', (e) => complaints.push(String(e)));
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      // A refusal that the screens expect and answer shows in the console as a failed load.
      if (/Failed to load resource: the server responded with a status of (401|403|404|409)/.test(message.text())) return;
      complaints.push(message.text());
    });
    const hand = new Hand(page, server, `${siteName}-${info.project.name}`, complaints);
    await page.goto(server.url);
    await page.waitForSelector('.sign-in');
    await use(hand);
    expect(complaints, 'errors in the browser console').toEqual([]);
  },
});

/** A finger at the screen. It only taps. */
export class Hand {
  taps = 0;
  private number = 0;
  private last: { x: number; y: number; at: number; id: string } | null = null;

  constructor(
    readonly page: Page,
    readonly server: Server,
    private readonly name: string,
    readonly complaints: string[],
  ) {}

  get phone(): boolean {
    return (this.page.viewportSize()?.width ?? 0) < 700;
  }
  at(id: string) {
    return this.page.getByTestId(id);
  }
  /** One tap. On the same spot as the last one it takes the time a person needs to see what appeared there: sooner would be a bouncing finger. */
  async tap(id: string): Promise<void> {
    const button = this.at(id).first();
    await button.waitFor();
    const box = await button.boundingBox();
    const spot = { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2, at: Date.now(), id };
    const { last } = this;
    if (last && last.id !== id && Math.hypot(spot.x - last.x, spot.y - last.y) < 40) {
      await this.page.waitForTimeout(Math.max(0, 450 - (spot.at - last.at)));
    }
    await button.tap();
    this.last = { ...spot, at: Date.now() };
    this.taps++;
  }
  async type(digits: string): Promise<void> {
    for (const digit of digits) await this.tap(`key-${digit}`);
  }
  async signIn(person: string): Promise<void> {
    await this.tap(`person-${person}`);
    await this.type(PINS[person]!);
    await this.tap('enter');
    await this.page.waitForSelector('.top-bar');
  }
  async lock(): Promise<void> {
    await this.tap('lock');
    await this.page.waitForSelector('.sign-in');
  }
  /** Another person at the same screen. */
  async handOver(person: string): Promise<void> {
    await this.lock();
    if (this.phone) await this.page.locator('.pin-back').tap();
    await this.signIn(person);
  }
  /** Somewhere else by the bar on top, or by the menu on a phone. */
  async go(place: string): Promise<void> {
    if (this.phone) {
      await this.tap('menu');
      await this.tap(`menu-${place}`);
    } else await this.tap(`nav-${place}`);
  }
  /** On a phone the order is behind a key. */
  async seeOrder(): Promise<void> {
    if (this.phone && !(await this.page.locator('.pane-order').count())) await this.tap('pane-switch');
  }
  async seeMenu(): Promise<void> {
    if (this.phone && (await this.page.locator('.pane-order').count())) await this.tap('pane-switch');
  }
  async openShift(float: string): Promise<void> {
    await this.type(float);
    await this.tap('open-shift');
    await expect(this.page.locator('.floor, .order-screen')).toBeVisible();
  }
  /** The session of a manager over HTTP, to see what the server has. */
  async books(): Promise<Api> {
    return this.server.signIn('gerencia', 'books');
  }

  async picture(what: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${this.name}-${String(++this.number).padStart(2, '0')}-${what}.png`) });
  }
  /** A picture of the screen, and a look at it. */
  async look(what: string): Promise<void> {
    await this.page.waitForTimeout(120); // for what is drawn in the next frame
    await this.picture(what);
    expect.soft(await this.page.evaluate(faults, { TARGET, GAP, TEXT, MAY_BE_CUT }), `${what}: sizes and fit`).toEqual([]);
    const axe = await new AxeBuilder({ page: this.page })
      .options({ runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } })
      .analyze();
    const found = axe.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} — ${node.failureSummary?.split('\n')[1]?.trim()}`),
    );
    expect.soft(found, `${what}: accessibility`).toEqual([]);
  }
}

interface Limits {
  TARGET: number;
  GAP: number;
  TEXT: number;
  MAY_BE_CUT: string;
}

/* Runs in the page. A sheet covers the rest: then only what is in it counts. */
function faults({ TARGET, GAP, TEXT, MAY_BE_CUT }: Limits): string[] {
  const out: string[] = [];
  const sheets = document.querySelectorAll('.sheet');
  const scope: ParentNode = sheets[sheets.length - 1] ?? document.body;
  const words = (el: Element): string =>
    `${el.className.toString().trim().replace(/\s+/g, '.') || el.tagName} "${(el.textContent ?? '').trim().slice(0, 32)}"`;
  const visible = (el: Element): boolean => {
    const box = el.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(el).visibility === 'visible';
  };
  if (document.documentElement.scrollWidth > innerWidth)
    out.push(`the page is ${document.documentElement.scrollWidth} wide on ${innerWidth}`);
  const buttons = [...scope.querySelectorAll('button')].filter(visible);
  for (const button of buttons) {
    const box = button.getBoundingClientRect();
    if (box.width < TARGET || box.height < TARGET)
      out.push(`too small (${Math.round(box.width)}×${Math.round(box.height)}): ${words(button)}`);
    if (box.left < -0.5 || box.right > innerWidth + 0.5) out.push(`off the screen: ${words(button)}`);
    if (button.scrollHeight > button.clientHeight + 1) out.push(`cut in height: ${words(button)}`);
  }
  buttons.forEach((a, i) =>
    buttons.slice(i + 1).forEach((b) => {
      if (a.parentElement !== b.parentElement) return;
      const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
      const apart = Math.max(q.left - p.right, p.left - q.right, q.top - p.bottom, p.top - q.bottom);
      if (apart < GAP) out.push(`only ${apart.toFixed(1)} px between ${words(a)} and ${words(b)}`);
    }),
  );
  for (const el of scope.querySelectorAll('button, h1, h2, h3, p, span, strong, em, dt, dd, td, th, output, figcaption')) {
    if (!visible(el) || !(el.textContent ?? '').trim()) continue;
    const style = getComputedStyle(el);
    if (parseFloat(style.fontSize) < TEXT) out.push(`text of ${style.fontSize}: ${words(el)}`);
    if (style.display === 'inline' || el.matches(MAY_BE_CUT) || el.closest(MAY_BE_CUT)) continue;
    if (el.scrollWidth > el.clientWidth + 1 && el.clientWidth > 0)
      out.push(`does not fit (${el.scrollWidth} in ${el.clientWidth}): ${words(el)}`);
  }
  return [...new Set(out)];
}
