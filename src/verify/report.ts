/** Findings as lines for people. Pure. */
import type { Finding, Verdict } from './finding.ts';

const marks: Record<Verdict, string> = { pass: '✓', fail: '✗', warn: '!', 'not-checked': '–' };

const words: Record<Verdict, string> = {
  pass: 'passed',
  fail: 'failed',
  warn: 'with a warning',
  'not-checked': 'not checked',
};

/** Every point below its group, and the count of all. */
export function reportLines(findings: readonly Finding[]): string[] {
  const groups = [...new Set(findings.map(({ group }) => group))];
  const lines = groups.flatMap((name) => {
    const found = findings.filter(({ group }) => group === name);
    return [name, ...found.flatMap(linesOf), ''];
  });
  return [...lines, countLine(findings)].map(plain);
}

function linesOf({ verdict, title, note, expected, came, mend }: Finding): string[] {
  const head = `  ${marks[verdict]} ${title}${note ? ` (${note})` : ''}`;
  if (came === undefined) return [head];
  return [
    head,
    `      expected  ${expected}`,
    `      came      ${came}`,
    `      to mend   ${mend}`,
  ];
}

/** `38 passed, 1 failed, 4 not checked`. */
export function countLine(findings: readonly Finding[]): string {
  const counts = (['pass', 'fail', 'warn', 'not-checked'] as const).flatMap((verdict) => {
    const count = findings.filter((finding) => finding.verdict === verdict).length;
    const always = verdict === 'pass' || verdict === 'fail';
    return count > 0 || always ? [`${count} ${words[verdict]}`] : [];
  });
  return counts.join(', ');
}

/** What a backend has answered must not steer the terminal it is shown on. */
const plain = (line: string): string => line.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
