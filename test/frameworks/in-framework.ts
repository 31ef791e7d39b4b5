/** The suite of one framework: its example and its bench, checked, built and driven. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { describeBindings } from './bindings.ts';
import { checkTypes } from './check-types.ts';
import { describeMerchantPage } from './merchant-page.ts';
import { until } from './stage.ts';
import { useStage } from './use-stage.ts';
import { type Framework, openWorkshop, runTool } from './workshop.ts';

/** A command of the framework's own, in the project. */
type Command = readonly [name: string, ...args: string[]];

interface Commands {
  /** Checks the types. */
  check: Command;
  /** Builds as while developing, so that the framework says what it does not like. */
  build: Command;
}

export const viteBuild: Command = ['vite', 'build', '--mode', 'development'];

export function describeFramework(
  name: string,
  framework: Framework,
  { check, build }: Commands,
): void {
  describe(`in ${name}`, () => {
    const workshop = openWorkshop(framework);
    const { example, bench } = workshop;
    after(() => workshop[Symbol.dispose]());
    const open = useStage(async () => {
      await Promise.all([
        runTool(example, ['npm', 'run', '--silent', 'build']),
        runTool(bench, build, { NODE_ENV: 'development' }),
      ]);
      return [join(example, 'dist'), join(bench, 'dist')];
    });

    it('refuses what is wrong in a template, and nothing else', async () => {
      const { found, wanted } = await checkTypes(bench, check);
      assert.ok(wanted.length > 5);
      assert.deepEqual(found, wanted);
    });
    describe('the example', () => describeMerchantPage(() => open(0)));
    describe('the template', () =>
      describeBindings(async () => {
        const stage = await open(1);
        await until(stage.page, () => 'fixture' in window);
        return stage;
      }));
  });
}
