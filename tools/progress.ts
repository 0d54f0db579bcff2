import { readTally, type Step } from './steps.ts';

const running = new Map<Step, number>();
const terminal = process.stderr.isTTY;
// In a log every line stays, so there a long step says only now and then that it is alive.
const everyMs = terminal ? 250 : 10_000;
const clearLine = terminal ? '\r\x1b[K' : '';
let timer: NodeJS.Timeout | undefined;

/** Shows that a step is at work, until `end` replaces that by its result. */
export function startProgress(step: Step): { end(result: string): void } {
  running.set(step, performance.now());
  timer ??= setInterval(show, everyMs);
  return {
    end(result) {
      running.delete(step);
      process.stderr.write(clearLine);
      console.log(result);
      if (running.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}

function show(): void {
  const parts = [...running].map(([{ name, tallyFile }, startedAt]) => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    if (!tallyFile) return `${name} ${seconds} s`;
    const { passed, failed } = readTally(tallyFile);
    return `${name} ${seconds} s, ${passed + failed} tests`;
  });
  process.stderr.write(`${clearLine}… ${parts.join(' · ')}${terminal ? '' : '\n'}`);
}
