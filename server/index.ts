import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, createApp } from './app.ts';
import { processConfig } from './config.ts';
import { isAppError } from './shared/errors.ts';

/** A stop that takes longer than this is cut short: everything durable is in the database anyway. */
const STOP_MS = 10_000;

/** Starts the app and keeps it running until SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const config = processConfig();
  const app = await createApp(config);
  const server = createServer(app.http);
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 30_000;
  // A file of 200 MB over a slow line; every other body has 30 seconds (raw-body.ts).
  server.requestTimeout = 1_800_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, resolve);
  });
  const { port } = server.address() as AddressInfo;
  await app.start(`http://127.0.0.1:${port}`);
  process.stdout.write(`Bazgasht is running: http://localhost:${port}  (stop with Ctrl+C)\n`);
  const stop = (): void => void shutDown(app, () => new Promise((resolve) => server.close(() => resolve())));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function shutDown(app: App, closeServer: () => Promise<void>): Promise<void> {
  const late = setTimeout(() => process.exit(0), STOP_MS);
  late.unref();
  // What is being answered still needs the database.
  await closeServer();
  await app.stop();
  process.exit(0);
}

try {
  await main();
} catch (error) {
  // One line that says what to do; the stack only when the error is none of ours.
  const address = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  const line = address ? 'PORT: another program listens on this port already; choose another one.' : null;
  process.stderr.write(`${line ?? (isAppError(error) ? error.message : ((error as Error).stack ?? String(error)))}\n`);
  process.exit(1);
}
