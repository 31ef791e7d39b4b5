/** The settings as the attributes of the tag: the same list is set on the page and shown to be copied. */
import { defaultOf, type Settings } from './settings.ts';

/** A tag's attribute; one with the value '' is written without it. */
export type Attribute = readonly [name: string, value: string];

/** Whether a phase is looked at in the preview, and not lived through in the shop. */
export const isPreview = ({ phase }: Settings): boolean => phase !== 'live';

/** Which choice is which attribute. */
const choiceAttributes = [
  ['display', 'display'],
  ['device', 'environment'],
  ['inApp', 'in-app'],
  ['updates', 'updates'],
  ['theme', 'theme'],
  ['lang', 'lang'],
  ['dir', 'dir'],
] as const;

/** The attributes that say what the settings say; those at their defaults are left out. */
export function attributesOf(settings: Settings, reference: string): Attribute[] {
  const { phase, autostart } = settings;
  const startsAlone = isPreview(settings) ? phase !== 'idle' : autostart;
  return [
    ['endpoint', isPreview(settings) ? `/api/preview/${phase}` : '/api/payby/orders'],
    ['reference', reference],
    ['token-hosts', 'localhost'],
    ...(startsAlone ? [['autostart', ''] as const] : []),
    ...choiceAttributes.flatMap(([choice, name]) =>
      settings[choice] === defaultOf(choice) ? [] : [[name, settings[choice]] as const],
    ),
  ];
}

/**
 * Attributes that are left out, and what is set for them instead: the default by its name where it has
 * one, since the property of an attribute that is taken away is null and no longer the default.
 */
const leftOut: ReadonlyMap<string, string | null> = new Map([
  ['autostart', null],
  ['display', 'inline'],
  ['environment', 'auto'],
  ['in-app', 'redirect'],
  ['updates', 'auto'],
  ['theme', null],
  ['lang', null],
  ['dir', null],
]);

/** Gives the checkout these attributes, and none of the others that the playground sets. */
export function setAttributes(checkout: Element, attributes: readonly Attribute[]): void {
  for (const [name, value] of new Map([...leftOut, ...attributes])) {
    if (value === null) checkout.removeAttribute(name);
    else if (checkout.getAttribute(name) !== value) checkout.setAttribute(name, value);
  }
}
