import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { selfSigned } from './certificates.fixtures.ts';
import { fakeServer } from './fake-server.fixtures.ts';
import { createSafeFetch } from './safe-fetch.ts';
import type { SafeFetch, SafeRequest } from './safe-fetch.types.ts';

const open = createSafeFetch({ allowPrivate: true });
const guarded = createSafeFetch({ allowPrivate: false });
const request = (url: string, more: Partial<SafeRequest> = {}): SafeRequest => ({
  method: 'GET',
  url,
  headers: {},
  body: null,
  timeoutMs: 5_000,
  maxBytes: 100_000,
  ...more,
});
const failure = (fetch: SafeFetch, asked: SafeRequest) =>
  fetch(asked).then(
    () => null,
    (error: unknown) => error,
  );
const hello = () => ({ text: 'hello' });

test('speaks http, with a body or without', async () => {
  const server = await fakeServer(({ method, body }) => ({
    status: 201,
    headers: { 'x-one': '1' },
    text: `${method} ${body}`,
  }));
  const answer = await open(
    request(`${server.url}/a?b=c`, { method: 'POST', body: 'سلام', headers: { 'x-two': '2' } }),
  );
  expect(answer).toMatchObject({ status: 201, headers: { 'x-one': '1' } });
  expect(answer.body.toString()).toBe('POST سلام');
  expect(server.asked[0]).toMatchObject({ target: '/a?b=c', headers: { 'x-two': '2' } });
});

test('a name or a number that leads into our own network is refused, and nobody hears of it', async () => {
  const server = await fakeServer(hello);
  const hosts = [
    '127.0.0.1',
    'localhost',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    '127.1',
    '0',
    '[::ffff:127.0.0.1]',
    '[::1]',
  ];
  for (const host of hosts) {
    const error = await failure(guarded, request(`http://${host}:${server.port}/`));
    expect(error, host).toMatchObject({ kind: 'address', sent: false });
  }
  expect(server.asked).toEqual([]);
  expect((await open(request(server.url))).status).toBe(200);
});

test('DNS rebinding: each connection is checked by the answer that it goes to', async () => {
  const server = await fakeServer(hello);
  const answers = ['8.8.8.8', '127.0.0.1'];
  let looked = 0;
  const fetch = createSafeFetch({
    allowPrivate: false,
    resolve: (_name, _options, done) => {
      const address = answers[looked] ?? '127.0.0.1';
      looked += 1;
      done(null, [{ address, family: 4 }]);
    },
  });
  // The first answer is public, and nothing of ours answers there within the time; the next one is our own machine.
  const url = `http://rebinding.example.test:${server.port}/`;
  expect(await failure(fetch, request(url, { timeoutMs: 20 }))).toMatchObject({
    kind: expect.stringMatching(/^(timed_out|connection)$/),
  });
  expect(looked).toBe(1);
  expect(await failure(fetch, request(url))).toMatchObject({ kind: 'address' });
  expect(looked).toBe(2);
  expect(server.asked).toEqual([]);
});

test('of a name with several addresses only the public ones are tried', async () => {
  const server = await fakeServer(hello);
  const found = [
    { address: '127.0.0.1', family: 4 },
    { address: '::ffff:127.0.0.1', family: 6 },
  ];
  const fetch = (more: typeof found) =>
    createSafeFetch({ allowPrivate: false, resolve: (_name, _options, done) => done(null, [...found, ...more]) });
  const asked = request(`http://two.example.test:${server.port}/`, { timeoutMs: 20 });
  expect(await failure(fetch([]), asked)).toMatchObject({ kind: 'address' });
  expect(await failure(fetch([{ address: '8.8.8.8', family: 4 }]), asked)).toMatchObject({
    kind: expect.stringMatching(/^(timed_out|connection)$/),
  });
  expect(server.asked).toEqual([]);
});

test('an address with a password, or of another scheme, is refused', async () => {
  const server = await fakeServer(hello);
  const withPassword = `http://user:secret@127.0.0.1:${server.port}/`;
  expect(await failure(open, request(withPassword))).toMatchObject({ kind: 'address' });
  for (const url of ['file:///etc/passwd', 'ftp://shop.example.test/', 'nothing'])
    expect(await failure(open, request(url))).toMatchObject({ kind: 'scheme', sent: false });
});

test('a redirect is an answer: nobody follows it', async () => {
  const server = await fakeServer(() => ({ status: 302, headers: { location: 'http://169.254.169.254/' } }));
  const answer = await open(request(server.url));
  expect(answer).toMatchObject({ status: 302, headers: { location: 'http://169.254.169.254/' } });
  expect(server.asked).toHaveLength(1);
});

test('the whole call has its time, not each part of it', async () => {
  let timer: NodeJS.Timeout | undefined;
  onTestFinished(() => clearInterval(timer));
  const dripping = await fakeServer(() => (response) => {
    response.writeHead(200);
    timer = setInterval(() => response.write('x'), 5);
  });
  const late = { kind: 'timed_out', sent: true };
  expect(await failure(open, request(dripping.url, { timeoutMs: 400 }))).toMatchObject(late);
  const silent = await fakeServer(() => () => undefined);
  expect(await failure(open, request(silent.url, { timeoutMs: 400 }))).toMatchObject(late);
  const deaf = createSafeFetch({ allowPrivate: true, resolve: () => undefined });
  expect(await failure(deaf, request('http://shop.example.test/', { timeoutMs: 30 }))).toMatchObject({
    kind: 'timed_out',
    sent: false,
  });
});

test('an answer that is too large is given up, also where it was packed small', async () => {
  const large = Buffer.alloc(200_000, 'a');
  const encodings: [string, Buffer][] = [
    ['gzip', gzipSync(large)],
    ['br', brotliCompressSync(large)],
  ];
  const limits = { kind: 'too_large' };
  const plain = await fakeServer(() => ({ text: large }));
  expect(await failure(open, request(plain.url))).toMatchObject(limits);
  const endless = await fakeServer(() => (response) => {
    const more = () => {
      while (response.write(large));
      response.once('drain', more);
    };
    more();
  });
  expect(await failure(open, request(endless.url))).toMatchObject(limits);
  for (const [encoding, packed] of encodings) {
    const server = await fakeServer(() => ({ headers: { 'content-encoding': encoding }, text: packed }));
    expect(packed.length).toBeLessThan(1_000);
    expect(await failure(open, request(server.url)), encoding).toMatchObject(limits);
    const { body, headers } = await open(request(server.url, { maxBytes: 200_000 }));
    expect(body.equals(large)).toBe(true);
    expect(headers).not.toHaveProperty('content-encoding');
  }
});

test('a connection that breaks off says whether the store may have heard', async () => {
  const broken = await fakeServer(() => (response) => response.destroy());
  const error = { kind: 'connection' };
  expect(await failure(open, request(broken.url))).toMatchObject({ kind: 'connection', sent: true });
  const half = await fakeServer(() => (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
    response.destroy();
  });
  expect(await failure(open, request(half.url))).toMatchObject(error);
  const gone = await fakeServer(hello);
  const closed = `http://127.0.0.1:${gone.port === 1 ? 2 : 1}/`;
  const refused = await failure(open, request(closed));
  expect(refused).toMatchObject({ kind: 'connection', sent: false, code: 'ECONNREFUSED' });
  expect((refused as Error).message).toMatch(/Nothing answers at 127\.0\.0\.1/);
  const packed = gzipSync('{"half":true}').subarray(0, 12);
  const cut = await fakeServer(() => ({ headers: { 'content-encoding': 'gzip' }, text: packed }));
  expect(await failure(open, request(cut.url))).toMatchObject(error);
});

test('a certificate has to be right, and its fault is named', async () => {
  const good = selfSigned(['127.0.0.1']);
  const server = await fakeServer(hello, good);
  expect((await createSafeFetch({ allowPrivate: true, ca: good.cert })(request(server.url))).status).toBe(200);
  const fault = { kind: 'certificate', sent: false };
  const stranger = await failure(open, request(server.url));
  expect(stranger).toMatchObject(fault);
  expect((stranger as Error).message).toMatch(/signed by nobody but itself/);
  const faults: [string[], object, RegExp][] = [
    [['other.example.test'], {}, /for another name/],
    [['127.0.0.1'], { until: Date.UTC(2020, 0, 1) }, /has expired/],
    [['127.0.0.1'], { from: Date.UTC(2089, 0, 1) }, /not valid yet/],
  ];
  for (const [names, validity, sentence] of faults) {
    const wrong = selfSigned(names, validity);
    const other = await fakeServer(hello, wrong);
    const error = await failure(createSafeFetch({ allowPrivate: true, ca: wrong.cert }), request(other.url));
    expect(error).toMatchObject(fault);
    expect((error as Error).message).toMatch(sentence);
  }
  const plain = await fakeServer(hello);
  const error = await failure(open, request(plain.url.replace('http:', 'https:')));
  expect(error).toMatchObject({ kind: 'connection', sent: false });
  expect((error as Error).message).toMatch(/does not speak https/);
});

test('reading keeps its connection; what writes has one of its own', async () => {
  const ports: (number | undefined)[] = [];
  const server = await fakeServer(() => (response) => {
    ports.push(response.socket?.remotePort);
    response.end('ok');
  });
  const fetch = createSafeFetch({ allowPrivate: true });
  await fetch(request(server.url));
  await fetch(request(server.url));
  await fetch(request(server.url, { method: 'POST', body: '{}' }));
  expect(ports[1]).toBe(ports[0]);
  expect(ports[2]).not.toBe(ports[0]);
});
