// fhir-kit-client against a hub: posts a Bundle, follows its Task, meets an OperationOutcome, uses XML and gzip.
//   BASE=http://127.0.0.1:PORT/fhir TOKEN=… node client.mjs BUNDLE.json
// Prints a line per step; exit code 1 at the first that is not as it should be.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import Client from 'fhir-kit-client';

const base = process.env.BASE;
const authorization = { Authorization: `Bearer ${process.env.TOKEN}` };
const client = new Client({ baseUrl: base, customHeaders: authorization });
const bundle = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const step = async (name, work) => {
  await work();
  console.log(`ok ${name}`);
};
const httpOf = (answer) => Client.httpFor(answer);

await step('capability statement', async () => {
  const statement = await client.capabilityStatement();
  assert.equal(statement.resourceType, 'CapabilityStatement');
  assert.equal(statement.fhirVersion, '4.0.1');
});

let task;
await step('transaction', async () => {
  const answer = await client.transaction({ body: bundle });
  assert.equal(answer.resourceType, 'Bundle');
  assert.equal(answer.type, 'transaction-response');
  assert.equal(answer.entry.length, bundle.entry.length);
  assert.ok(answer.entry.every((each) => each.response.status.startsWith('202')));
  task = answer.entry[0].response.location.split('/')[1];
});

await step('status', async () => {
  for (let attempt = 0; ; ++attempt) {
    const found = await client.read({ resourceType: 'Task', id: task });
    if (found.status === 'completed') break;
    assert.ok(attempt < 200, `the Task stays ${found.status}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

await step('the same again', async () => {
  const answer = await client.transaction({ body: bundle });
  assert.ok(answer.entry.every((each) => each.response.status.startsWith('200')));
  assert.equal(answer.entry[0].response.location, `Task/${task}`);
});

await step('an OperationOutcome', async () => {
  await assert.rejects(
    client.create({ resourceType: 'Patient', body: { resourceType: 'Patient', birthDate: '80-1-1' } }),
    (error) => {
      assert.equal(error.response.status, 422);
      const outcome = error.response.data;
      assert.equal(outcome.resourceType, 'OperationOutcome');
      const issue = outcome.issue.find((each) => each.severity === 'error');
      assert.deepEqual(issue.expression, ['Patient.birthDate']);
      return true;
    });
});

await step('$validate', async () => {
  const outcome = await client.operation({ name: '$validate', resourceType: 'Patient', input: { resourceType: 'Patient', gender: 'man' } });
  assert.ok(outcome.issue.some((each) => each.expression?.[0] === 'Patient.gender'));
});

const send = (body, headers, path = '') =>
  fetch(base + path, { method: 'POST', body, headers: { ...authorization, ...headers } });

await step('XML', async () => {
  const xml = '<QuestionnaireResponse xmlns="http://hl7.org/fhir"><identifier><value value="xml-1"/></identifier>' +
    '<status value="completed"/><authored value="2021-04-02"/><item><linkId value="i1_1"/><answer>' +
    '<valueString value="患者（確定例）"/></answer></item></QuestionnaireResponse>';
  const answer = await send(xml, { 'Content-Type': 'application/fhir+xml', Accept: 'application/fhir+xml' });
  assert.equal(answer.status, 201);
  assert.match(answer.headers.get('content-type'), /application\/fhir\+xml/);
  assert.match(await answer.text(), /<OperationOutcome xmlns="http:\/\/hl7.org\/fhir">/);
});

await step('gzip', async () => {
  const other = { ...bundle, identifier: { value: 'gzip-1' } };
  const answer = await send(gzipSync(JSON.stringify(other)), { 'Content-Type': 'application/fhir+json', 'Content-Encoding': 'gzip' });
  assert.equal(answer.status, 200);
  assert.equal((await answer.json()).type, 'transaction-response');
});

await step('an answer that is known', async () => {
  const first = await fetch(`${base}/Task/${task}`, { headers: authorization });
  const again = await fetch(`${base}/Task/${task}`, { headers: { ...authorization, 'If-None-Match': first.headers.get('etag') } });
  assert.equal(again.status, 304);
});
