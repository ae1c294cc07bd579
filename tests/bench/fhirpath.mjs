// node fhirpath.mjs MODULES WORK: nanoseconds of processor time of each expression in fhirpath.js, compiled once, on a resource held as an
// object. MODULES: a folder where `npm install fhirpath` was run. WORK: expressions, one a line; last the resource.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , modules, work] = process.argv;
const require = createRequire(join(modules, 'index.js'));
const fhirpath = require('fhirpath');
const model = require('fhirpath/fhir-context/r4');

const lines = readFileSync(work, 'utf8').trim().split('\n');
const patient = JSON.parse(lines.pop());
const runs = 3000;

function nanoseconds(run) {
  const times = [];
  for (let round = 0; round < 7; ++round) {
    const start = process.cpuUsage();
    for (let i = 0; i < runs; ++i) run();
    const spent = process.cpuUsage(start);
    times.push(((spent.user + spent.system) * 1000) / runs);
  }
  return times.sort((a, b) => a - b)[3];
}

for (const expression of lines) {
  const compiled = fhirpath.compile(expression, model);
  console.log(`${nanoseconds(() => compiled(patient)).toFixed(0)}\t${expression}`);
}
