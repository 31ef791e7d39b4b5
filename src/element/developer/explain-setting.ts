import { environments } from '../../device/in-app.ts';
import type { SettingFinding } from '../setting-findings.ts';

/** What is wrong with a setting, and what is done instead. */
export function explainSetting(finding: SettingFinding): string {
  switch (finding.kind) {
    case 'value': {
      const { name, value, allowed } = finding;
      const attribute = name === 'inApp' ? 'in-app' : name;
      const instead = allowed[0] ? `"${allowed[0]}" is used` : 'the page’s own is used';
      const all = allowed.filter(Boolean).join(', ');
      return `${attribute}="${short(value)}" is none of ${all}; ${instead}.`;
    }
    case 'flag':
      return `${finding.name}="false" means true, as any value of a boolean attribute does; leave the attribute out.`;
    case 'host':
      return `token-hosts: "${short(finding.value)}" is not a host and allows nothing; give its name alone, such as pay.example.`;
    case 'detect':
      return `detect ${howOf(finding)}; the built-in detection is used.`;
  }
}

function howOf({ how, value }: SettingFinding & { kind: 'detect' }): string {
  if (how === 'is') return `is a ${value}, not a function`;
  return how === 'threw'
    ? `threw ${short(value)}`
    : `gave "${short(value)}", which is none of ${environments.join(', ')}`;
}

const short = (value: string) => value.slice(0, 100);
