/** A merchant's project with the packed package, the examples of the guide, and the runtimes. */
import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { installPackage, type Project, root } from '../package/install.ts';
import { runCommand } from '../support/run-command.ts';

const peers = join(import.meta.dirname, 'peers');

/** Where a runtime's program is. */
export const program = (name: string): string => join(peers, 'node_modules/.bin', name);

/** Installs the runtimes. */
export async function installRuntimes(): Promise<void> {
  const { ok, output } = await runCommand(
    'npm',
    ['ci', '--prefix', peers, '--no-audit', '--no-fund'],
    { capture: true },
  );
  if (!ok) throw new Error(`The runtimes could not be installed.\n${output}`);
}

/** @param besides packages that the project has of its own */
export function makeProject(besides: readonly string[] = []): Project {
  const project = installPackage(besides);
  const { folder } = project;
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const file of ['checkout.ts', 'fetch.ts', 'worker.ts']) {
    cpSync(join(root, 'docs/frameworks', file), join(folder, file));
  }
  cpSync(join(import.meta.dirname, 'stores.js'), join(folder, 'stores.js'));
  // Deno asks for the types of what it runs.
  symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'), 'junction');
  return project;
}

/** One module of everything, as a worker is deployed, and the configuration that serves it. */
export async function buildWorker(folder: string, port: number): Promise<string> {
  await build({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: 'worker.ts',
      outDir: 'worker',
      minify: false,
      rolldownOptions: { output: { codeSplitting: false, entryFileNames: 'worker.js' } },
    },
    ssr: { target: 'webworker', noExternal: true },
    environments: { ssr: { keepProcessEnv: true } },
  });
  const names = ['ENVIRONMENT', 'PARTNER_ID', 'PRIVATE_KEY', 'PUBLIC_KEY', 'NOTIFY_URL'];
  const bindings = names.map(
    (name) => `(name = "PAYBY_${name}", fromEnvironment = "PAYBY_${name}")`,
  );
  const file = join(folder, 'worker.capnp');
  writeFileSync(
    file,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .shop),
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const shop :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker/worker.js")],
  compatibilityDate = "2026-11-01",
  bindings = [${bindings.join(', ')}],
);
`,
  );
  return file;
}
