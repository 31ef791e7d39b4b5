/**
 * A test runner for Stryker that keeps the test files loaded: a mutant costs the tests that reach it, a
 * few milliseconds each, instead of a process or a browser. Tests that belong in a browser run here, too,
 * as long as they want no page: their assertions come from Chai, the rest is in Node.
 */
import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MutantCoverage, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  type CompleteDryRunResult,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import * as collecting from './collect.ts';
import { failureOf } from './failure-of.ts';
import { openPage } from './page.ts';

/** What Stryker's instrumented sources read and write. */
interface Instrumentation {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: MutantCoverage;
}

const instrumentation: Instrumentation = {};
Object.assign(globalThis, { __stryker__: instrumentation });

const standIns: Readonly<Record<string, string>> = {
  'node:test': new URL('./collect.ts', import.meta.url).href,
  '@open-wc/testing': import.meta.resolve('@esm-bundle/chai/esm/chai.js'),
};

class LoadedTests implements TestRunner {
  static readonly inject = tokens(commonTokens.options);
  readonly #patterns: string[];
  #tests: collecting.Test[] | undefined;

  constructor(options: StrykerOptions & { loadedTests?: { files?: string[] } }) {
    this.#patterns = options.loadedTests?.files ?? [];
  }

  capabilities() {
    return { reloadEnvironment: false }; // Node never forgets a module
  }

  async init(): Promise<void> {
    registerHooks({
      resolve(specifier, context, next) {
        const url = standIns[specifier];
        return url ? { url, shortCircuit: true } : next(specifier, context);
      },
    });
    Object.assign(globalThis, collecting); // as Mocha does
    openPage();
  }

  async dryRun(): Promise<DryRunResult> {
    const result = await this.#run(await this.#load(), false);
    const { mutantCoverage } = instrumentation;
    return mutantCoverage ? { ...result, mutantCoverage } : result;
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, hitLimit, mutantActivation, testFilter, disableBail } = options;
    Object.assign(instrumentation, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    if (mutantActivation === 'static') instrumentation.activeMutant = activeMutant.id;
    try {
      const wanted = testFilter && new Set(testFilter);
      const tests = (await this.#load()).filter(({ id }) => !wanted || wanted.has(id));
      instrumentation.activeMutant = activeMutant.id;
      const result = await this.#run(tests, !disableBail);
      return toMutantRunResult(
        determineHitLimitReached(instrumentation.hitCount, hitLimit) ?? result,
      );
    } catch (error) {
      // The test files do not even load: no test would pass.
      return toMutantRunResult(complete([failedTest('loading the test files', error)]));
    }
  }

  async #load(): Promise<collecting.Test[]> {
    if (this.#tests) return this.#tests;
    const tests: collecting.Test[] = [];
    for (const file of this.#patterns.flatMap((pattern) => globSync(pattern).toSorted())) {
      const url = pathToFileURL(join(process.cwd(), file)).href;
      tests.push(...(await collecting.collect(file, () => import(url))));
    }
    this.#tests = tests;
    return tests;
  }

  async #run(tests: readonly collecting.Test[], bail: boolean): Promise<CompleteDryRunResult> {
    const results: TestResult[] = [];
    for (const test of tests) {
      instrumentation.currentTestId = test.id;
      const startedAt = performance.now();
      const failure = await failureOf(test.run);
      instrumentation.currentTestId = undefined;
      const timeSpentMs = performance.now() - startedAt;
      const { id, title: name } = test;
      results.push(
        failure === undefined
          ? { id, name, timeSpentMs, status: TestStatus.Success }
          : { ...failedTest(id, failure), name, timeSpentMs },
      );
      if (failure !== undefined && bail) break;
    }
    return complete(results);
  }
}

const failedTest = (id: string, error: unknown) => ({
  id,
  name: id,
  timeSpentMs: 0,
  status: TestStatus.Failed as const,
  failureMessage: String(error),
});

const complete = (tests: TestResult[]): CompleteDryRunResult => ({
  status: DryRunStatus.Complete,
  tests,
});

/** The option this runner adds to Stryker's: globs of the test files, in the order in which they run. */
export const strykerValidationSchema = {
  properties: {
    loadedTests: {
      type: 'object',
      properties: { files: { type: 'array', items: { type: 'string' } } },
    },
  },
};

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'loaded-tests', LoadedTests),
];
