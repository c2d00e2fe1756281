// The screens, driven by finger: every test starts the real binary for its site on a port and a data folder of its own (fixtures.ts).
//   COMANDA   another binary than build/comanda        CHROMIUM   another browser than /usr/bin/chromium        E2E_WORKERS   tests at once [2]
import { defineConfig } from '@playwright/test';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const sizes = {
  till: { width: 1024, height: 768 },
  wide: { width: 1366, height: 768 },
  tablet: { width: 800, height: 1280 },
  phone: { width: 360, height: 740 },
};

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: './results/failed',
  // A test waits for the screen more than it computes, and has a server of its own.
  workers: Number(process.env.E2E_WORKERS ?? 2),
  fullyParallel: true,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./reporter.ts']],
  use: {
    hasTouch: true,
    locale: 'es-CO',
    timezoneId: 'America/Bogota',
    actionTimeout: 10_000,
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags },
  },
  // The day of each site on every screen; what depends on the size, on the till and the phone; the rest on the till alone. E2E_SIZES=all: all of
  // what depends on the size on all of them.
  projects: Object.entries(sizes).map(([name, viewport]) => ({
    name,
    use: { viewport },
    ...(name === 'till' ? {} : { grep: name === 'phone' || process.env.E2E_SIZES === 'all' ? /a day at|on every size/ : /a day at/ }),
  })),
});
