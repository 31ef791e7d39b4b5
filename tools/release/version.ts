const form = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

type Numbers = readonly [major: number, minor: number, patch: number];

function numbersOf(version: string): Numbers | undefined {
  const [, major, minor, patch] = form.exec(version) ?? [];
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/**
 * The version to release after `present`: the one that is named, or the next major, minor or patch.
 *
 * @throws Error when `wish` is no version, or not a higher one
 */
export function versionAfter(present: string, wish: string): string {
  const before = numbersOf(present);
  if (!before) throw new Error(`package.json has version "${present}"; set it to one like 1.2.3.`);
  const [major, minor, patch] = before;
  if (wish === 'major') return `${major + 1}.0.0`;
  if (wish === 'minor') return `${major}.${minor + 1}.0`;
  if (wish === 'patch') return `${major}.${minor}.${patch + 1}`;
  const after = numbersOf(wish);
  if (!after) {
    throw new Error(`"${wish}" is not a version; name one like 1.2.3, or major, minor or patch.`);
  }
  if (!isHigher(after, before)) {
    throw new Error(`${wish} is not higher than ${present}, which package.json has already.`);
  }
  return wish;
}

function isHigher(after: Numbers, before: Numbers): boolean {
  const differs = after.findIndex((number, index) => number !== before[index]);
  return differs >= 0 && (after[differs] ?? 0) > (before[differs] ?? 0);
}
