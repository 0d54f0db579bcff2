import { sampleOrder, sampleResult } from '../contracts/calculator.ts';
import { noQuery } from '../contracts/common.ts';
import { programChange, programVersion, tierPreview, tierPreviewAsked } from '../contracts/program-versions.ts';
import { calculate } from '../points/calculate.usecases.ts';
import { changeProgram, programAt } from '../program/change-program.usecases.ts';
import { notFound } from '../shared/errors.ts';
import { previewTiers } from '../tiers/preview.usecases.ts';
import { liftMembers } from '../tiers/review.usecases.ts';
import { type Endpoint, reads, writes } from './endpoint.ts';

const noProgram = () => notFound('program.unknown', 'The shop has no program yet.');

/** The program's rules, and what tiers would do. */
export const programRoutes: Endpoint[] = [
  reads({
    method: 'get',
    path: '/program',
    scope: 'read',
    query: noQuery,
    answer: programVersion,
    summary: 'The version of the program in force, with its rules and tiers',
    async read({ db, clock }, { shop }) {
      const program = await programAt({ tx: db.read, shop }, clock.now());
      if (!program) throw noProgram();
      return program;
    },
  }),
  writes({
    method: 'put',
    path: '/program',
    scope: 'write',
    body: programChange,
    answer: programVersion,
    summary:
      'Puts rules in force as a new version; earlier orders keep theirs, and whoever the tiers lift rises at once',
    write: (scope, { actor, body: { rules, version } }) => changeProgram(scope, { rules, expected: version, actor }),
    after: async (deps, { shop, actor }) => {
      await liftMembers(deps, shop.id, deps.clock.now(), actor);
    },
  }),
  reads({
    method: 'post',
    path: '/tiers/preview',
    scope: 'read',
    body: tierPreviewAsked,
    answer: tierPreview,
    summary: 'How many members these tiers would move; changes nothing',
    read: (deps, { shop, body: { tiers } }) => previewTiers(deps, shop, tiers),
  }),
  reads({
    method: 'post',
    path: '/program/calculate',
    scope: 'read',
    body: sampleOrder,
    answer: sampleResult,
    summary: 'What a sample order would earn, rule by rule, by rules to try or those in force; changes nothing',
    read: ({ db, clock }, { shop, body }) => calculate({ db, clock }, shop, body),
  }),
];
