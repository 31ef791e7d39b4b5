import {
  browserParts,
  coverageHeading,
  coverageOf,
  type FileCoverage,
  nodeParts,
} from './coverage.ts';
import { coverageFiles, failed, passed, type Result, readJson, say } from './steps.ts';

/** How much of the sources the browser and the Node tests of this run have run; too little is a failure. */
export async function reportCoverage(): Promise<Result[]> {
  const browser = readJson<FileCoverage[]>(coverageFiles.browser);
  const node = readJson<FileCoverage[]>(coverageFiles.node);
  if (!browser) say('Nothing was counted in Chromium.');
  if (!node) say('Nothing was counted in Node.');
  say(coverageHeading);
  const parts = [
    ...(browser ? coverageOf(browserParts, browser) : []),
    ...(node ? coverageOf(nodeParts, node) : []),
  ];
  for (const { row } of parts) say(row);
  for (const { problems } of parts) for (const problem of problems) say(problem);
  return parts.map(({ name, problems }) => ({
    name: `coverage of ${name}`,
    ...(problems.length > 0 ? failed : passed),
  }));
}
