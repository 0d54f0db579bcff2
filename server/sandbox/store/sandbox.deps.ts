import type { Router } from 'express';
import type { Effects } from '../../effects/perform.usecases.ts';
import type { DrainDeps } from '../../inbox/drain.usecases.ts';
import type { Jobs } from '../../jobs/jobs.port.ts';
import type { Vault } from '../../shared/crypto.ts';
import type { SandboxClock } from './sandbox.clock.ts';
import type { SandboxPlatform } from './sandbox.types.ts';

/** What the message inbox shows of a message that the app sent, rendered. */
export type SandboxMessage = {
  channel: string;
  to: string;
  subject: string | null;
  text: string;
  html: string | null;
  at: number;
  flow: string | null;
  step: string | null;
};

export type SandboxDeps = DrainDeps & {
  vault: Vault;
  jobs: Jobs;
  /** The app's clock, which the time machine moves. */
  clock: SandboxClock;
  /** Where keys, clock and journal are kept: the database's folder. */
  folder: string;
  /** Messages that the app has sent to an address, newest last; nothing sends any yet. */
  messages?: (to: string | null) => Promise<SandboxMessage[]>;
  /** What does what is owed to the world, once the app has it; left out: the time machine leaves that to the app. */
  effects?: () => Pick<Effects, 'drain' | 'idle'>;
  /** Leaves history out: for tests of what comes after it. */
  withoutPast?: boolean;
};

export type Sandbox<P = SandboxPlatform> = {
  /** The platform, as the app calls it. */
  platform: P;
  domain: string;
  /** For `/sandbox`. */
  routes: Router;
  /** Whether the shop is there with its whole history. */
  ready(): boolean;
  sessionToken(): Promise<string>;
  clock: SandboxClock;
  /** Registers the store, brings its history in and begins to send webhooks to the app at this origin. */
  start(origin: string): Promise<void>;
  stop(): Promise<void>;
};
