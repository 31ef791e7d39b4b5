/**
 * Test files as plain functions: stands in for `node:test` and for the globals of Mocha, and remembers
 * what a file declares instead of running it, so that the tests can run again and again in one process.
 */
type Work = () => unknown;

/** One test; its id is its file and its titles. */
export interface Test {
  id: string;
  title: string;
  /** Hooks around it included. */
  run(): Promise<void>;
}

interface Suite {
  titles: readonly string[];
  parent?: Suite;
  beforeAll: Work[];
  afterAll: Work[];
  beforeEach: Work[];
  afterEach: Work[];
}

const suiteIn = (parent: Suite | undefined, title: string): Suite => ({
  titles: [...(parent?.titles ?? []), title],
  ...(parent && { parent }),
  beforeAll: [],
  afterAll: [],
  beforeEach: [],
  afterEach: [],
});

let tests: Test[] = [];
let present = suiteIn(undefined, '');

/** What `load`, which imports a test file, declares; ids start with `file`. */
export async function collect(file: string, load: () => Promise<unknown>): Promise<Test[]> {
  tests = [];
  present = suiteIn(undefined, file);
  await load();
  return tests;
}

/** Outermost first. */
const lineOf = (suite: Suite): Suite[] =>
  suite.parent ? [...lineOf(suite.parent), suite] : [suite];

/** `it('title', work)` or, as node:test has it, `it('title', options, work)`. */
export function it(title: string, ...rest: readonly unknown[]): void {
  const suite = present;
  const work = workOf(title, rest);
  const id = [...suite.titles, title].join(' > ');
  const sameTitle = tests.filter((test) => test.id.replace(/ #\d+$/, '') === id).length;
  const run = async () => {
    const suites = lineOf(suite);
    const innermostFirst = suites.toReversed();
    // Every test may run alone, so what belongs before and after all of them belongs to each.
    for (const { beforeAll } of suites) for (const hook of beforeAll) await hook();
    try {
      for (const { beforeEach } of suites) for (const hook of beforeEach) await hook();
      await work();
    } finally {
      for (const { afterEach } of innermostFirst) for (const hook of afterEach) await hook();
      for (const { afterAll } of innermostFirst) for (const hook of afterAll) await hook();
    }
  };
  tests.push({ id: sameTitle > 0 ? `${id} #${sameTitle}` : id, title, run });
}

export function describe(title: string, ...rest: readonly unknown[]): void {
  const outer = present;
  present = suiteIn(outer, title);
  workOf(title, rest)();
  present = outer;
}

function workOf(title: string, rest: readonly unknown[]): Work {
  const work = rest.at(-1);
  if (typeof work === 'function' && work.length === 0) return () => work();
  throw new Error(`"${title}" wants a test context or nothing at all; tools/mutants has neither.`);
}

export const before = (hook: Work): void => void present.beforeAll.push(hook);
export const after = (hook: Work): void => void present.afterAll.push(hook);
export const beforeEach = (hook: Work): void => void present.beforeEach.push(hook);
export const afterEach = (hook: Work): void => void present.afterEach.push(hook);
