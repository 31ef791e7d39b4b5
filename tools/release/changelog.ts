const unreleased = /^## Unreleased\n/m;

/**
 * The changelog with what was unreleased under `version` and `date`, and a place for what comes next.
 *
 * @param date as in 2026-11-25
 * @throws Error when nothing is unreleased
 */
export function withEntry(changelog: string, version: string, date: string): string {
  if (entryOf(changelog, 'Unreleased') === '') {
    throw new Error('CHANGELOG.md says nothing under "## Unreleased"; say there what is new.');
  }
  return changelog.replace(unreleased, `## Unreleased\n\n## ${version} (${date})\n`);
}

/** What the changelog says under the heading of a version; nothing where there is none. */
export function entryOf(changelog: string, version: string): string {
  const [, ...entries] = `\n${changelog}`.split('\n## ');
  const entry = entries.find((text) => text.split(/\s/, 1)[0] === version);
  return entry?.slice(entry.indexOf('\n')).trim() ?? '';
}
