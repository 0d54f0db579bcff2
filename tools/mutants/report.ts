import type { Result, State } from './trial.ts';

/** The share of mutants that has to be noticed. */
const FLOOR = 0.85;

export type AreaReport = { area: string; results: readonly Result[] };

const countOf = (results: readonly Result[], state: State): number =>
  results.filter((result) => result.state === state).length;

const percent = (results: readonly Result[]): string =>
  results.length === 0 ? '–' : `${((100 * countOf(results, 'killed')) / results.length).toFixed(1)} %`;

/** What stands still is not counted as noticed: a test would have to say so. */
export const isEnough = (results: readonly Result[]): boolean =>
  results.length > 0 && countOf(results, 'killed') >= FLOOR * results.length;

/** The table of folders, and below it what was not noticed. @param explained a text that names survivors with their reasons */
export function tableOf(reports: readonly AreaReport[], explained: string): string {
  const all = reports.flatMap(({ results }) => results);
  const rows = [...reports, { area: 'all', results: all }].map(({ area, results }) => [
    area,
    String(results.length),
    String(countOf(results, 'killed')),
    String(countOf(results, 'survived')),
    String(countOf(results, 'timed-out')),
    percent(results),
  ]);
  const table = [['folder', 'mutants', 'killed', 'survived', 'timed out', 'killed'], ...rows];
  const lines = table.map(([name = '', ...cells]) => name.padEnd(10) + cells.map((cell) => cell.padStart(10)).join(''));
  for (const { mutation, state, by } of all) {
    if (state === 'killed') continue;
    const note = [state === 'timed-out' ? 'timed out' : by, explained.includes(mutation.id) ? '' : 'not explained'];
    lines.push(`${mutation.id} (line ${mutation.line})${note.map((text) => (text ? `: ${text}` : '')).join('')}`);
  }
  return lines.join('\n');
}

/** The same for programs. */
export function jsonOf(reports: readonly AreaReport[]) {
  const sum = (results: readonly Result[]) => ({
    mutants: results.length,
    killed: countOf(results, 'killed'),
    survived: countOf(results, 'survived'),
    timedOut: countOf(results, 'timed-out'),
  });
  return {
    floor: FLOOR,
    folders: Object.fromEntries(reports.map(({ area, results }) => [area, sum(results)])),
    all: sum(reports.flatMap(({ results }) => results)),
    results: reports.flatMap(({ area, results }) =>
      results.map(({ mutation: { id, line }, state, by }) => ({ area, id, line, state, by })),
    ),
  };
}
