/** What the pages load: bundles of the built package, made as a shop makes them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const dist = join(import.meta.dirname, '../../../dist');

/** The files for a script tag, by their paths below `/cdn/`. */
export function cdnScripts(): Map<string, string> {
  const files = readdirSync(join(dist, 'cdn')).filter((file) => file.endsWith('.js'));
  return new Map(
    files.map((file) => [`/cdn/${file}`, readFileSync(join(dist, 'cdn', file), 'utf8')]),
  );
}

/**
 * Bundles of pages' own code, their chunks beside them.
 *
 * @param pages the code of each; its bundle is `/app/<name>.js`
 * @param mode `development` for what libraries say only there
 */
export async function bundle(
  pages: Readonly<Record<string, string>>,
  mode: 'production' | 'development' = 'production',
): Promise<Map<string, string>> {
  const names = Object.keys(pages);
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    mode,
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    resolve: {
      alias: [
        { find: 'payby-checkout/react', replacement: join(dist, 'react.js') },
        { find: 'payby-checkout/ssr', replacement: join(dist, 'ssr.js') },
        { find: 'payby-checkout', replacement: join(dist, 'index.js') },
      ],
    },
    plugins: [
      {
        name: 'pages',
        resolveId: (id) => (names.includes(id) ? `\0${id}` : undefined),
        load: (id) => pages[id.slice(1)],
      },
    ],
    build: {
      target: 'es2022',
      write: false,
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [name, name])),
        output: { entryFileNames: 'app/[name].js', chunkFileNames: 'app/[name]-[hash].js' },
      },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunks = outputs.flatMap((one) => ('output' in one ? one.output : []));
  return new Map(
    chunks.flatMap((one) => (one.type === 'chunk' ? [[`/${one.fileName}`, one.code]] : [])),
  );
}
