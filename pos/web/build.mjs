// Builds the screens: `node pos/web/build.mjs FOLDER` writes index.html, app-HASH.js, app-HASH.css, what is fetched later (part-HASH.js,
// rest-HASH.css), icon and manifest, and each once more as .gz.
// The same sources give the same bytes; with --watch it builds again on every change and leaves the .gz out.
import { build, context } from 'esbuild';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
if (!folder) {
  console.error('usage: node pos/web/build.mjs FOLDER [--watch]');
  process.exit(2);
}
const watching = process.argv.includes('--watch');
const ours = /^(index\.html|(app|part|rest)-[A-Z0-9]+\.(js|css)|icon\.svg|manifest\.webmanifest)(\.gz)?$/;

const options = {
  entryPoints: [
    { in: join(here, 'main.tsx'), out: 'app' },
    { in: join(here, 'styles/rest.css'), out: 'rest' },
  ],
  bundle: true,
  minify: true,
  format: 'esm',
  splitting: true,
  target: 'chrome80',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  entryNames: '[name]-[hash]',
  chunkNames: 'part-[hash]',
  outdir: folder,
  charset: 'utf8',
  legalComments: 'none',
  absWorkingDir: here,
  tsconfig: join(here, 'tsconfig.json'),
  metafile: true,
  write: false,
  logLevel: 'warning',
};

function write(result) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (ours.test(name)) rmSync(join(folder, name));
  const files = new Map(result.outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]));
  const named = (start, end) => [...files.keys()].find((name) => name.startsWith(`${start}-`) && name.endsWith(end));
  // What the first script imports at once is asked for together with it.
  const first = Object.entries(result.metafile.outputs).find(([path]) => basename(path) === named('app', '.js'))[1];
  const preloads = first.imports.filter((i) => i.kind === 'import-statement').map((i) => `<link rel="modulepreload" href="/${basename(i.path)}">\n    `);
  const page = readFileSync(join(here, 'index.html'), 'utf8').replace('app.css', named('app', '.css')).replace('rest.css', named('rest', '.css')).replace('<script', `${preloads.join('')}<script`);
  files.set('index.html', Buffer.from(page.replace('app.js', named('app', '.js'))));
  for (const name of ['icon.svg', 'manifest.webmanifest']) files.set(name, readFileSync(join(here, name)));
  for (const [name, bytes] of files) {
    writeFileSync(join(folder, name), bytes);
    if (!watching) writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

if (watching) {
  const again = { name: 'write', setup: (b) => b.onEnd((result) => result.errors.length || write(result)) };
  await (await context({ ...options, plugins: [again] })).watch();
} else {
  write(await build(options));
}
