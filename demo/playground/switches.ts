/** The form with the switches: the settings in, a new value of them out. */
import { html, nothing, render } from 'lit';
import type { Fault } from '../fault-names.ts';
import { type Choice, type ChoiceName, choices, defaultOf, type Settings } from './settings.ts';

/** What each fault does, in the words of somebody it happens to. */
const faults: Readonly<Record<Fault, readonly [label: string, hint: string]>> = {
  cut: ['Cut event streams', 'Those open are dropped, new ones refused.'],
  errors: ['Server errors', 'The backend answers 500 to everything.'],
  slow: ['Slow', 'Every answer and event is 3 seconds late.'],
  offline: ['Offline', 'This tab reaches nothing; the phone does.'],
  clock: ['Clock an hour ahead', 'The device’s, not the server’s.'],
  expiry: ['Expires in 20 s', 'The next order; one that waits is replaced.'],
};

const groups: readonly { title: string; names: readonly ChoiceName[] }[] = [
  { title: 'Look', names: ['theme', 'lang', 'dir', 'display'] },
  { title: 'Behaviour', names: ['device', 'inApp', 'updates'] },
];

export interface SwitchListener {
  onChange(settings: Settings): void;
  onReset(): void;
}

/** Draws the switches into `root`, whenever there are settings to show. */
export function switchPanel(root: HTMLElement, listener: SwitchListener) {
  // On a phone only the groups that a shared link has set are open at first; later people decide.
  const isWide = matchMedia('(min-width: 1180px)').matches;
  const isOpen = new Map<string, boolean>();
  return {
    show(settings: Settings): void {
      const isOpenAtFirst = (group: string, changed: number): boolean => {
        if (!isOpen.has(group)) isOpen.set(group, isWide || changed > 0);
        return isOpen.get(group) ?? false;
      };
      render(form(settings, listener, isOpenAtFirst), root);
    },
  };
}

function form(
  settings: Settings,
  { onChange, onReset }: SwitchListener,
  isOpenAtFirst: (group: string, changed: number) => boolean,
) {
  const choose = (name: ChoiceName, value: string) => onChange({ ...settings, [name]: value });
  const toggle = (fault: Fault, isOn: boolean) =>
    onChange({
      ...settings,
      faults: isOn
        ? [...settings.faults, fault]
        : settings.faults.filter((other) => other !== fault),
    });

  const group = (title: string, changed: number, content: unknown) => html`
    <details class="group" ?open=${isOpenAtFirst(title, changed)}>
      <summary>
        <span>${title}</span>
        ${changed ? html`<span class="badge">${changed} set</span>` : nothing}
      </summary>
      <div class="group-body">${content}</div>
    </details>
  `;
  const control = (name: ChoiceName) =>
    Object.keys(choices[name].options).length > 5
      ? menu(name, choices[name], settings[name], choose)
      : segments(name, choices[name], settings[name], choose);
  const isSet = (name: ChoiceName) => settings[name] !== defaultOf(name);

  return html`
      <div class="group-body">${control('phase')}</div>
      ${groups.map(({ title, names }) => {
        const alone = title === 'Behaviour' && settings.autostart ? 1 : 0;
        return group(
          title,
          names.filter(isSet).length + alone,
          html`${names.map(control)}
          ${
            title === 'Behaviour'
              ? check('autostart', 'Autostart', 'No Pay button: the order is made at once.', {
                  isOn: settings.autostart,
                  onToggle: (autostart) => onChange({ ...settings, autostart }),
                })
              : nothing
          }`,
        );
      })}
      ${group(
        'Faults',
        settings.faults.length,
        html`<fieldset class="checks">
          <legend class="unseen">Faults, in this tab only</legend>
          ${(Object.keys(faults) as Fault[]).map((fault) =>
            check(fault, ...faults[fault], {
              isOn: settings.faults.includes(fault),
              onToggle: (isOn) => toggle(fault, isOn),
            }),
          )}
        </fieldset>`,
      )}
      <button class="button" type="button" @click=${onReset}>Reset all</button>
    `;
}

type Choose = (name: ChoiceName, value: string) => void;

const menu = (name: ChoiceName, choice: Choice, value: string, choose: Choose) => html`
  <label class="field">
    <span class="label">${choice.label}</span>
    <select
      name=${name}
      .value=${value}
      @change=${(event: Event) => choose(name, chosen(event))}
    >
      ${Object.entries(choice.options).map(
        ([option, label]) =>
          html`<option value=${option} ?selected=${option === value}>${label}</option>`,
      )}
    </select>
    ${choice.hint ? html`<span class="note">${choice.hint}</span>` : nothing}
  </label>
`;

const segments = (name: ChoiceName, choice: Choice, value: string, choose: Choose) => html`
  <fieldset class="field">
    <legend class="label">${choice.label}</legend>
    <div class="segments">
      ${Object.entries(choice.options).map(
        ([option, label]) => html`<label class="segment">
          <input
            type="radio"
            name=${name}
            value=${option}
            .checked=${option === value}
            @change=${(event: Event) => choose(name, chosen(event))}
          />
          <span>${label}</span>
        </label>`,
      )}
    </div>
  </fieldset>
`;

interface Toggle {
  isOn: boolean;
  onToggle(isOn: boolean): void;
}

const check = (name: string, label: string, hint: string, { isOn, onToggle }: Toggle) => html`
  <label class="check">
    <input
      type="checkbox"
      name=${name}
      .checked=${isOn}
      @change=${({ target }: Event) =>
        target instanceof HTMLInputElement && onToggle(target.checked)}
    />
    <span>${label}<small>${hint}</small></span>
  </label>
`;

const chosen = ({ target }: Event): string =>
  target instanceof HTMLSelectElement || target instanceof HTMLInputElement ? target.value : '';
