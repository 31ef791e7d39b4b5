import { globSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { TestEvent } from 'node:test/reporters';

/** How much of something ran. */
export interface Share {
  covered: number;
  total: number;
}

const kinds = ['lines', 'branches', 'functions'] as const;
type Kind = (typeof kinds)[number];

/** What the tests ran of one source file; `file` is its path from the root. */
export type FileCoverage = Readonly<Record<Kind, Share>> & { file: string };

type NodeSummary = Extract<TestEvent, { type: 'test:coverage' }>['data']['summary'];

/** What `node --test` says at its end of the files it was asked to count. */
export function inNode({ files, workingDirectory }: NodeSummary): FileCoverage[] {
  return files.map((file) => ({
    file: relative(workingDirectory, file.path).replaceAll('\\', '/'),
    lines: { covered: file.coveredLineCount, total: file.totalLineCount },
    branches: { covered: file.coveredBranchCount, total: file.totalBranchCount },
    functions: { covered: file.coveredFunctionCount, total: file.totalFunctionCount },
  }));
}

/** A part of the sources, and the percentages below which none of the three may fall. */
export interface Part {
  name: string;
  files: string;
  floors: Readonly<Record<Kind, number>>;
}

/** What the tests in Chromium run. Each floor is a little under what was measured. */
export const browserParts: readonly Part[] = [
  part('src/element', [99, 95, 97]),
  part('src/order', [99, 96, 97]),
  part('src/device', [93, 92, 90]),
];

/** What the tests in Node run. */
export const nodeParts: readonly Part[] = [
  part('src/protocol', [99, 98, 99], 'src/{protocol,order-status}.ts'),
  part('src/server', [99, 95, 97]),
  part('src/sandbox', [99, 94, 98]),
  part('src/verify', [97, 85, 96]),
  part('src/cli', [97, 84, 90]),
];

function part(
  name: string,
  [lines, branches, functions]: readonly [number, number, number],
  files = `${name}/**/*.ts`,
): Part {
  return { name, files, floors: { lines, branches, functions } };
}

/** A part's line of the table, and what is wrong with it. */
export interface PartCoverage {
  name: string;
  row: string;
  problems: string[];
}

/** What was measured of the parts; a file that no test loaded counts as not run at all. */
export function coverageOf(
  parts: readonly Part[],
  measured: readonly FileCoverage[],
): PartCoverage[] {
  const known = new Map(measured.map((coverage) => [coverage.file, coverage]));
  return parts.map(({ name, files, floors }) => {
    const paths = globSync(files).map((path) => path.replaceAll('\\', '/'));
    const present = paths.map((path) => known.get(path) ?? neverLoaded(path));
    const shares = kinds.map((kind) => percent(present.map((file) => file[kind])));
    const problems = kinds.flatMap((kind, index) => {
      const share = shares[index] ?? 0;
      if (share >= floors[kind]) return [];
      return [`${name}: ${share.toFixed(1)} % of its ${kind} run, not ${floors[kind]} %.`];
    });
    const untouched = present.filter(({ lines }) => lines.total > 0 && lines.covered === 0);
    const note = untouched.length > 0 ? `  never loaded: ${named(untouched)}` : '';
    const numbers = shares.map((share) => `${share.toFixed(1)} %`.padStart(12)).join('');
    return { name, row: `${name.padEnd(14)}${numbers}${note}`, problems };
  });
}

const named = (files: readonly FileCoverage[]) =>
  files.length > 3 ? `${files.length} files` : files.map(({ file }) => file).join(', ');

export const coverageHeading = ''.padEnd(14) + kinds.map((kind) => kind.padStart(12)).join('');

function percent(shares: readonly Share[]): number {
  const total = shares.reduce((sum, share) => sum + share.total, 0);
  const covered = shares.reduce((sum, share) => sum + share.covered, 0);
  return total === 0 ? 100 : (100 * covered) / total;
}

/** A file that gives nothing but types, or what others give, has nothing to run. */
function neverLoaded(file: string): FileCoverage {
  const text = readFileSync(file, 'utf8');
  const runs = /^export (default|async|const|let|function|class)\b/m.test(text);
  return {
    file,
    lines: { covered: 0, total: runs ? text.split('\n').length : 0 },
    branches: { covered: 0, total: 0 },
    functions: { covered: 0, total: 0 },
  };
}
