/** An element with what is on it and in it. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  element.append(...children);
  return element;
}

/** A menu of choices with its label; `choose` hears of the value. */
export function makeMenu(
  label: string,
  options: Readonly<Record<string, string>>,
  choose: (value: string) => void,
): HTMLElement {
  const entries = Object.entries(options).map(([value, text]) => make('option', { value }, text));
  const select = make('select', {}, ...entries);
  select.addEventListener('change', () => choose(select.value));
  return make('label', { class: 'field' }, make('span', {}, label), select);
}
