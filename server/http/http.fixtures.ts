import { type App, createApp, type Overrides } from '../app.ts';
import type { Config } from '../config.ts';
import type { World } from '../db/testing.ts';
import { createLogger } from '../shared/logger.ts';

export type TestApp = { app: App; lines: string[]; stop(): Promise<void> };

/** For tests only: the whole app on a world's database, its clock and its ids; `lines` is what it logged. */
export async function testApp(world: World, config: Partial<Config> = {}, overrides: Overrides = {}): Promise<TestApp> {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ level: 'info', destination });
  const app = await createApp(
    { ...world.config, ...config },
    { clock: world.clock, ids: world.ids, logger, ...overrides },
  );
  return { app, lines, stop: () => app.stop() };
}
