import type { TestProject } from 'vitest/node';
import { shareBrowser } from './browser.ts';
import { buildAdmin, makeStore } from './sandbox-app.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the browser that all test files share. */
    browser: string;
    /** A folder with a sandbox store, which each test file copies. */
    store: string;
  }
}

/** Runs once before the tests of the e2e project: the built admin, one browser, one store to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  buildAdmin();
  const [browser, store] = await Promise.all([shareBrowser(), makeStore()]);
  project.provide('browser', browser.wsEndpoint());
  project.provide('store', store.folder);
  return async () => {
    await browser.close();
    store.remove();
  };
}
