import type { Scheduled, Topic, TopicWork } from './jobs/jobs.port.ts';
import { type Clock, systemClock } from './shared/clock.ts';
import { forEach } from './shared/each.ts';
import type { Feature, WorkDeps } from './shops/scope.ts';

/** What each topic does for one shop, and which shops have something due. */
export function topics<Needs>(
  features: readonly Pick<Feature<NoInfer<Needs>>, 'topics'>[],
  needs: WorkDeps & Needs,
): Record<Topic, TopicWork> {
  const works = features.flatMap(({ topics: own = {} }) => Object.entries(own));
  // Topics are declared by whoever works on them, so that all are here.
  return Object.fromEntries(works.map(([topic, work]) => [topic, work(needs)])) as Record<Topic, TopicWork>;
}

/** The names of all topics. */
export const topicNames = (features: readonly Pick<Feature<never>, 'topics'>[]): Topic[] =>
  features.flatMap(({ topics: own = {} }) => Object.keys(own) as Topic[]);

/** `realClock` is the system's where it is left out. */
type RetentionDeps = Omit<WorkDeps, 'realClock'> & { realClock?: Clock };

/**
 * Drops what is kept too long: bodies of applied deliveries, data of shops that left or were erased, first answers of the
 * API, handovers of keys. These go by real time, also where the clock was put ahead.
 * @returns how many of each
 */
export async function retention({ realClock = systemClock, ...deps }: RetentionDeps): Promise<Record<string, number>> {
  const steps = deps.features.flatMap(({ retention: own = {} }) => Object.entries(own));
  const done: Record<string, number> = Object.fromEntries(steps.map(([name]) => [name, 0]));
  await forEach(steps, async ([name, drop]) => {
    done[name] = await drop({ ...deps, realClock });
  });
  return done;
}

/** Jobs by the clock. Points that mature or expire are found by the sweep of their topic. */
export const schedule = <Needs>(
  features: readonly Pick<Feature<NoInfer<Needs>>, 'schedule'>[],
  needs: WorkDeps & Needs,
): Scheduled[] => [
  // Erasures are due within minutes of the platform's request.
  { name: 'retention', cron: '*/5 * * * *', work: () => retention(needs) },
  ...features.flatMap(({ schedule: own }) => own?.(needs) ?? []),
];
