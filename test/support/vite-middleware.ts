import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestRunnerConfig } from '@web/test-runner';
import {
  createLogger,
  createServer,
  type InlineConfig,
  type Plugin,
  type ViteDevServer,
} from 'vite';

type RunnerPlugin = NonNullable<TestRunnerConfig['plugins']>[number];
type RunnerMiddleware = NonNullable<TestRunnerConfig['middleware']>[number];

/** The runner's own pages and modules; everything else is Vite's. */
const runnersOwn = /^\/($|__web-)/;

/**
 * Serves test files through Vite's pipeline, so that a test sees what the build sees: TypeScript
 * with the project's decorators, and dependencies that ship only UMD.
 *
 * Vite bundles the dependencies of all `testFiles` before it answers the first request, into a
 * folder of this run's own: found later, or by a run beside this one, they would reload the page
 * in the middle of a test.
 */
export function viteMiddleware(testFiles: string[]): {
  plugin: RunnerPlugin;
  middleware: RunnerMiddleware;
} {
  let vite: ViteDevServer | undefined;
  return {
    plugin: {
      name: 'vite',
      async serverStart() {
        const cacheDir = mkdtempSync(join(tmpdir(), 'payby-checkout-test-'));
        process.once('exit', () => rmSync(cacheDir, { recursive: true, force: true }));
        vite = await createServer(viteConfig(testFiles, cacheDir));
      },
      async serverStop() {
        await vite?.close();
      },
    },
    async middleware(context, next) {
      if (!vite || runnersOwn.test(context.path)) return next();
      const { middlewares } = vite;
      const { req, res } = context;
      const { url } = req;
      // the same file for every session: without this, stack traces and caches carry the id
      req.url = url?.replace(/\?wtr-session-id=[^&]*$/, '');
      res.statusCode = 200;
      const served = await new Promise<boolean>((resolve, reject) => {
        res.once('close', () => resolve(true));
        middlewares(req, res, (error?: unknown) => (error ? reject(error) : resolve(false)));
      });
      req.url = url;
      if (served) {
        context.respond = false;
      } else {
        res.statusCode = 404;
        await next();
      }
    },
  };
}

function viteConfig(testFiles: string[], cacheDir: string): InlineConfig {
  return {
    configFile: false,
    appType: 'custom',
    customLogger: briefLogger(),
    tsconfig: 'tsconfig.json',
    cacheDir,
    server: {
      middlewareMode: true,
      hmr: false,
      ws: false,
      watch: process.argv.includes('--watch') ? {} : null,
      fs: { allow: ['.', cacheDir] },
    },
    optimizeDeps: {
      entries: testFiles,
      include: ['lit', 'lit/decorators.js', 'qr-code-styling', '@open-wc/testing'],
      // its commands import the runner's own web socket module, which only the server knows
      exclude: ['@web/test-runner-commands'],
    },
    plugins: [leaveRunnersModules, failOnUncaughtErrors],
  };
}

const leaveRunnersModules: Plugin = {
  name: 'leave-runners-modules',
  enforce: 'pre',
  resolveId(id) {
    return id.startsWith('/__web-') ? { id, external: true } : undefined;
  },
};

const failOnUncaughtErrors: Plugin = {
  name: 'fail-on-uncaught-errors',
  transform(code, id) {
    if (!/\/test\/(element|order|device)\/.*\.test\.ts$/.test(id)) return;
    // on the first line, so that every line keeps its number
    return { code: `import '/test/support/browser/uncaught-errors.ts';${code}`, map: null };
  },
};

/** Vite's warnings and errors without its own stack: the message names the file and the line. */
function briefLogger() {
  const logger = createLogger('warn');
  const { error } = logger;
  logger.error = (message, options) =>
    error(message.replace(/\n\s+at .*/g, ''), options && { ...options, error: undefined });
  return logger;
}
