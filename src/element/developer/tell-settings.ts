import type { SettingFinding } from '../setting-findings.ts';
import { warnDeveloper } from '../warn-developer.ts';
import { explainSetting } from './explain-setting.ts';

/** Says on the console what is wrong with an element's settings. */
export const tellSettings = (findings: readonly SettingFinding[]): void =>
  findings.map(explainSetting).forEach(tell);

/** Says on the console what is wrong with how the element is used. */
export const tell = (problem: string): void =>
  warnDeveloper({ code: 'configuration', message: `<payby-checkout>: ${problem}` });
