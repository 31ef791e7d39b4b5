import { html } from 'hono/html';
import { stories } from '../cases/cases.ts';
import type { Check, CheckResult } from '../cases/checks.ts';
import type { CaseOutcome, CaseVerdict } from '../cases/judge-case.ts';
import type { PageView } from './control-page.ts';
import { actionButtons, chip, type Tone } from './parts.ts';

export const casesSection = ({ control, root }: PageView) => html`<section id="cases">
<header><h2>Acceptance cases</h2></header>
<p class="quiet">Arm a case, do what it says, and read how your backend did. It plays on the next order that is placed.</p>
<ul>${control.verdicts().map((verdict) => caseItem(verdict, root))}</ul>
</section>`;

const caseItem = (verdict: CaseVerdict, root: string) => {
  const { id, outcome, merchantOrderNo, checks } = verdict;
  const { title, gateway, you } = stories[id];
  const [tone, label] = outcomes[outcome];
  return html`<li>
  <div class="line"><h3>${id} ${title}</h3>${label && chip(label, tone)}</div>
  <small>${gateway} ${outcome === 'idle' || outcome === 'armed' ? you : ''}</small>
  ${merchantOrderNo && html`<small>On order ${merchantOrderNo}.</small>`}
  ${checks.length > 0 && html`<ul class="checks">${checks.map(checkItem)}</ul>`}
  ${actionButtons(`case ${id}`, `${root}control/cases`, buttons(id, outcome))}
</li>`;
};

const buttons = (id: string, outcome: CaseOutcome): readonly (readonly [string, string])[] =>
  outcome === 'idle'
    ? [[id, 'Arm']]
    : [
        [id, 'Arm again'],
        [`${id}/clear`, 'End'],
      ];

const outcomes: Record<CaseOutcome, readonly [Tone, string]> = {
  idle: ['plain', ''],
  armed: ['plain', 'waits for an order'],
  open: ['plain', 'under way'],
  pass: ['good', 'passed'],
  fail: ['bad', 'failed'],
};

const marks: Record<CheckResult, readonly [Tone, string]> = {
  pass: ['good', 'pass'],
  fail: ['bad', 'fail'],
  open: ['plain', 'open'],
  unseen: ['plain', 'look'],
};

const checkItem = ({ name, result, reason }: Check) => {
  const [tone, mark] = marks[result];
  return html`<li>${chip(mark, tone)}<span>${name}</span><small>${reason}</small></li>`;
};
