import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';

/** What a vitest run came to, as far as it got. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: { name: string; reason: string }[];
  seed: number;
}

/** Writes the tally to the file named by BAZGASHT_TALLY, after every test file, so that progress can be read from it. */
export default class TallyReporter implements Reporter {
  readonly #tally: Tally = { passed: 0, failed: 0, skipped: [], seed: 0 };
  readonly #printed = new Map<string, string>();

  onInit(vitest: Vitest): void {
    this.#tally.seed = vitest.config.sequence.seed;
    this.#write();
  }

  onUserConsoleLog({ taskId, content }: { taskId?: string; content: string }): void {
    if (taskId) this.#printed.set(taskId, content.trim());
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state === 'passed') this.#tally.passed += 1;
    if (result.state === 'failed') this.#tally.failed += 1;
    if (result.state === 'skipped') {
      const reason =
        result.note ?? this.#printed.get(test.id) ?? this.#printed.get(test.module.id) ?? 'no reason given';
      this.#tally.skipped.push({ name: `${test.module.relativeModuleId} > ${test.fullName}`, reason });
    }
  }

  /** A hook that failed outside any test. */
  onTestSuiteResult(suite: TestSuite): void {
    this.#tally.failed += suite.errors().length;
  }

  onTestModuleEnd(module: TestModule): void {
    this.#tally.failed += module.errors().length;
    this.#write();
  }

  onTestRunEnd(_modules: unknown, unhandled: ReadonlyArray<unknown>): void {
    this.#tally.failed += unhandled.length;
    this.#write();
  }

  #write(): void {
    const file = process.env.BAZGASHT_TALLY;
    if (file) writeFileSync(file, JSON.stringify(this.#tally));
  }
}
