import { defineConfig, type UserConfig } from 'vite';
import { compactTemplates } from './tools/compact-templates.ts';
import { leanLit } from './tools/lean-lit.ts';
import { leanQrCodeStyling } from './tools/lean-qr-code-styling.ts';
import { terser } from './tools/terser.ts';

/** What comes with the script tag; that which leaves the page is wanted by two later parts. */
const first = /src\/(index|device\/navigate|order\/own-fields)\.ts$|bench\/control/;

/**
 * One ES module `<name>.js` in `outDir` for a `<script type="module">` tag, with all it depends on;
 * what it loads later (the QR code, languages) lies beside it in files of their own.
 */
export function scriptTagBuild(name: string, entry: string, outDir: string): UserConfig {
  return {
    tsconfig: 'tsconfig.json',
    publicDir: false,
    plugins: [leanLit(), leanQrCodeStyling(), compactTemplates(), terser()],
    build: {
      target: 'es2022',
      outDir,
      reportCompressedSize: false,
      license: { fileName: 'licenses.md' },
      lib: { entry: { [name]: entry }, formats: ['es'] },
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        checks: { pluginTimings: false }, // minifying twice takes its time
        output: {
          // With all they import: what later parts share is in the first one, and not in crumbs of its own.
          codeSplitting: { groups: [{ name, test: first }] },
          minify: true, // for a library Vite would leave the white space to a later bundler
          comments: false, // licenses.md carries what the licences ask for
          entryFileNames: '[name].js',
          chunkFileNames: ({ name: part }) =>
            `${name}-${part.replace(/-(part|code)$/, '')}-[hash].js`,
        },
      },
    },
  };
}

/** `--mode cdn`: the element for a script tag. */
const cdn = scriptTagBuild('payby-checkout', 'src/index.ts', 'dist/cdn');

/** The whole element in one script without modules, beside what `--mode cdn` makes. */
export function classicBuild(): UserConfig {
  const entry = { 'payby-checkout.classic': 'src/classic.ts' };
  const { build, ...config } = scriptTagBuild('payby-checkout', 'src/classic.ts', 'dist/cdn');
  const { output, ...rolldownOptions } = build?.rolldownOptions ?? {};
  return {
    ...config,
    build: {
      ...build,
      emptyOutDir: false,
      license: false, // the same as the module's
      lib: { entry, formats: ['iife'], name: 'paybyCheckout' },
      rolldownOptions: {
        ...rolldownOptions,
        output: { ...output, codeSplitting: false, chunkFileNames: '[name].js' },
      },
    },
  };
}

/** `--mode demo`: the demo page as a site of its own, using the package as its users do. */
const demo: UserConfig = {
  base: './',
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'build/demo',
    emptyOutDir: true,
    reportCompressedSize: false,
    assetsInlineLimit: 0, // the page's content security policy allows no data: URLs
    modulePreload: { polyfill: false },
  },
};

const builds: Readonly<Record<string, UserConfig>> = { cdn, classic: classicBuild() };

export default defineConfig(({ mode }) => builds[mode] ?? demo);
