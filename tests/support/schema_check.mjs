// Proves the schemas that editors use: the real sites and menus and the good fixtures pass, each bad fixture is refused at the place it should be.
//
// The unit tests data_site and menu_load read the same fixtures and the same expected.json, so that the schemas and the till's own
// loader stay together. "schema": null marks what only the loader can see; the schema must let it pass.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const files = (folder) => readdirSync(folder).filter((name) => name.endsWith('.json')).sort();

let passed = 0;
const failures = [];
function check(good, file, what) {
  if (good) passed++;
  else failures.push(`${relative(root, file)}: ${what}`);
}

// "/tables/1 additionalProperties": where and which keyword; a sub-schema `false` reads as "false schema".
const found = (errors) => (errors ?? []).map((e) => `${e.instancePath} ${e.keyword}`);

// A description for everything a person may write: an editor shows it.
function undescribed(schema, path, out) {
  for (const [key, property] of Object.entries(schema.properties ?? {}))
    if (typeof property === 'object' && !property.description && !path.includes('/if') && !path.includes('/then') && !path.includes('/else'))
      out.push(`${path}/${key}`);
  for (const [key, value] of Object.entries(schema))
    if (value && typeof value === 'object') undescribed(value, `${path}/${key}`, out);
  return out;
}

// Every object is closed, so that a mistyped key is seen while typing.
function open(schema, path, out) {
  if (schema.type === 'object' && schema.additionalProperties !== false) out.push(path);
  for (const [key, value] of Object.entries(schema))
    if (value && typeof value === 'object') open(value, `${path}/${key}`, out);
  return out;
}

function prove(folder, schemaName, badFolder, goodFolder) {
  const schemaFile = join(root, 'data', folder, schemaName);
  const schema = read(schemaFile);
  check(undescribed(schema, '', []).length === 0, schemaFile, `without a description: ${undescribed(schema, '', []).join(' ')}`);
  check(open(schema, '', []).length === 0, schemaFile, `additionalProperties must be false: ${open(schema, '', []).join(' ')}`);
  const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(schema);

  const real = files(dirname(schemaFile)).filter((name) => name !== schemaName);
  check(real.length >= 3, dirname(schemaFile), 'three sites are expected');
  for (const name of real) {
    const file = join(dirname(schemaFile), name);
    const good = validate(read(file));
    check(good, file, `refused: ${found(validate.errors).join(', ')}`);
    check(read(file).$schema === schemaName, file, `"$schema" must name ${schemaName}`);
  }

  for (const name of goodFolder ? files(join(root, 'tests', 'support', goodFolder)) : []) {
    const file = join(root, 'tests', 'support', goodFolder, name);
    check(validate(read(file)), file, `refused: ${found(validate.errors).join(', ')}`);
  }

  const expected = read(join(root, 'tests', 'support', badFolder, 'expected.json'));
  const fixtures = files(join(root, 'tests', 'support', badFolder)).filter((name) => name !== 'expected.json');
  for (const name of new Set([...fixtures, ...Object.keys(expected)])) {
    const file = join(root, 'tests', 'support', badFolder, name);
    if (!expected[name] || !fixtures.includes(name)) {
      check(false, file, 'is either not there or not in expected.json');
      continue;
    }
    const good = validate(read(file));
    const errors = found(validate.errors);
    if (expected[name].schema === null) check(good, file, `only the loader was to refuse it, but: ${errors.join(', ')}`);
    else for (const fault of [expected[name].schema].flat())
      check(errors.includes(fault), file, `expected "${fault}", found: ${errors.join(', ') || 'nothing'}`);
  }
}

prove('sites', 'site.schema.json', 'bad_sites', 'good_sites');
prove('menus', 'menu.schema.json', 'bad_menus');
for (const failure of failures) console.error(failure);
console.log(`schemas: ${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
