import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { orderBody, signedHeaders } from '../inbox/deliveries.fixtures.ts';
import { type TestApp, testApp } from './http.fixtures.ts';

type Line = Record<string, unknown>;

let world: World;
let server: TestApp;
beforeEach(async () => {
  world = await testWorld();
  server = await testApp(world);
  await server.app.start();
});
afterEach(async () => {
  await server.stop();
  await world.close();
});

const get = (path: string, headers: Record<string, string> = {}) => supertest(server.app.http).get(path).set(headers);
const logged = (app = server): Line[] => app.lines.map((line) => JSON.parse(line) as Line);
/** The line that ends a request: it is written when the answer is out, which the asker may see first. */
const ending = (count = 1, app = server) =>
  vi.waitFor(() => {
    const lines = logged(app).filter(({ msg }) => msg === 'request');
    expect(lines).toHaveLength(count);
    return lines;
  });

describe('a request', () => {
  test('has an id, in the answer and in its one line, which says how it ended and not what was asked', async () => {
    const answer = await get('/nothing/ada@example.test?token=secret', { cookie: 'session=secret' });
    const id = answer.headers['x-request-id'];
    expect(id).toMatch(/^\w+$/);
    const [line] = await ending();
    expect(line).toEqual({
      level: 'info',
      time: expect.any(String),
      msg: 'request',
      request: id,
      method: 'GET',
      route: 'unmatched',
      status: 404,
      ms: expect.any(Number),
      bytes: expect.any(Number),
    });
    expect(Number(line?.bytes)).toBeGreaterThan(answer.text.length);
    expect(JSON.stringify(line)).not.toMatch(/ada|secret|nothing/);
  });

  test.each(['abc-123', 'A.b_c', 'x'.repeat(64)])('keeps an id that a proxy gave it: %s', async (id) => {
    expect((await get('/', { 'x-request-id': id })).headers['x-request-id']).toBe(id);
    expect(await ending()).toMatchObject([{ request: id, route: '/', status: 200 }]);
  });

  test.each(['x'.repeat(65), 'ada@example.test', 'a b', '{"level":"fatal"}', 'a/b', ''])(
    'gets one of ours in the place of %j',
    async (id) => {
      const answer = await get('/', { 'x-request-id': id });
      expect(answer.headers['x-request-id']).toMatch(/^[a-z0-9]{6,20}$/);
      await ending();
      expect(server.lines.join('')).not.toContain('ada@');
    },
  );

  test('of a machine that watches leaves no line', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', '/']) await get(path);
    expect(await ending()).toMatchObject([{ route: '/' }]);
  });

  test('that fails tells its id to the asker, by which the error is found', async () => {
    const broken = await testApp(world, {});
    await broken.app.db.close();
    const answer = await supertest(broken.app.http).get('/metrics');
    expect(answer.body.error).toMatchObject({ code: 'internal', requestId: answer.headers['x-request-id'] });
    expect(logged(broken)).toContainEqual(
      expect.objectContaining({ level: 'error', msg: 'a request failed', request: answer.body.error.requestId }),
    );
  });

  test('shares no field with another that runs at the same time', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `request-${n}`);
    await testShop(world);
    await Promise.all(
      ids.map((id) =>
        supertest(server.app.http)
          .post('/webhooks/shopify')
          .set({ ...signedHeaders('{}', { topic: 'orders/create', id: `delivery-of-${id}` }), 'x-request-id': id })
          .send('{}'),
      ),
    );
    const lines = await ending(20);
    for (const { request, deliveryId } of lines) expect(deliveryId).toBe(`delivery-of-${String(request)}`);
    expect(new Set(lines.map(({ request }) => request)).size).toBe(20);
  });
});

test('a delivery is followed by its id from the request to what applied it', async () => {
  const shop = await testShop(world);
  const send = (body: string, id: string) =>
    supertest(server.app.http)
      .post('/webhooks/shopify')
      .set(signedHeaders(body, { topic: 'orders/create', id }))
      .serialize((data) => data as string)
      .send(body);
  await send(JSON.stringify(orderBody()), 'good-1');
  await send('{', 'bad-1');
  await server.app.jobs.idle();
  await ending(2);
  const of = (id: string) => logged().filter(({ deliveryId }) => deliveryId === id);
  const facts = { shop, topic: 'orders/create' };
  expect(of('good-1')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...facts, msg: 'request', status: 200, request: expect.any(String) }),
      expect.objectContaining({ ...facts, msg: 'delivery applied', delivery: expect.any(String), waitedMs: 0 }),
    ]),
  );
  expect(of('bad-1')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...facts, msg: 'request' }),
      expect.objectContaining({ ...facts, msg: 'delivery parked', level: 'warn' }),
    ]),
  );
  // What applies it belongs to no request.
  expect(of('good-1').find(({ msg }) => msg === 'delivery applied')).not.toHaveProperty('request');
  expect(server.lines.join('')).not.toMatch(/ada@|Quartz|2025550123|test-secret/);
});
