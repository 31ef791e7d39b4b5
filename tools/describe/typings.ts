/**
 * Typings for the tag in the templates of frameworks. The generators there are for that take our events
 * for `CustomEvent`s around them, let what is only to be read be set, and lose a framework's own
 * attributes (`aria-…`, `ref`, `style`); so these are made here: by the names in the manifest, with the
 * types of the class itself.
 */
import { elementOf, type Manifest, type Member } from './manifest.ts';

/** What is written besides the types themselves: makes an import of them do no harm at runtime. */
export const emptyModule = 'export {};\n';

/** All files, by their names. */
export function typings(manifest: Manifest): Readonly<Record<string, string>> {
  return { props: props(manifest), ...frameworks };
}

const note = (text: string | undefined, indent = '  ') =>
  `${indent}/** ${(text ?? '').replace(/\s+/g, ' ')} */\n`;

/** The order may be set as PayBy's own JSON, too, and as text. */
const typeOf = ({ name }: Member) =>
  name === 'order' ? "PaybyCheckout['order'] | object | string | null" : `PaybyCheckout['${name}']`;

function props(manifest: Manifest): string {
  const { members, events } = elementOf(manifest);
  const settings = members.filter(({ kind, readonly }) => kind === 'field' && !readonly);
  const hyphenated = settings.filter(({ attribute }) => attribute?.includes('-'));
  const line = (key: string, member: Member) =>
    `${note(member.description)}  ${key}?: ${typeOf(member)} | undefined;\n`;
  const classes = [...new Set(events.map(({ type }) => type.text))].sort();
  return `import type { ${classes.join(', ')} } from '../element/events.js';
import type { PaybyCheckout } from '../element/payby-checkout.js';
export type { PaybyCheckout };

/** What can be set, by its name in JavaScript. */
export interface Properties {
${settings.map((member) => line(member.name, member)).join('')}}

/** What has another name in HTML. */
export interface HyphenatedAttributes {
${hyphenated.map((member) => line(`'${member.attribute}'`, member)).join('')}}

/** What the element fires. */
export interface Events {
${events.map(({ name, type, description }) => `${note(description)}  '${name}': ${type.text};\n`).join('')}}

/** A handler for each event, under its name after \`Prefix\`. */
export type Handlers<Prefix extends string> = {
  [Name in keyof Events as \`\${Prefix}\${Name}\`]?:
    | ((event: Events[Name] & { readonly currentTarget: PaybyCheckout }) => void)
    | undefined;
};
`;
}

const importAll =
  "import type { Handlers, HyphenatedAttributes, PaybyCheckout, Properties } from './props.js';\n";

const frameworks = {
  react: `import type { DetailedHTMLProps, HTMLAttributes } from 'react';
${importAll}
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'payby-checkout': DetailedHTMLProps<HTMLAttributes<PaybyCheckout>, PaybyCheckout> &
        Properties &
        HyphenatedAttributes &
        Handlers<'on'>;
    }
  }
}
`,
  preact: `import type { HTMLAttributes } from 'preact';
${importAll}
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'payby-checkout': Omit<HTMLAttributes<PaybyCheckout>, keyof Properties> &
        Properties &
        HyphenatedAttributes &
        Handlers<'on'>;
    }
  }
}
`,
  solid: `import type { JSX as Solid } from 'solid-js';
${importAll}
type Explicit<Prefix extends string, Values> = {
  [Name in keyof Values & string as \`\${Prefix}:\${Name}\`]?: Values[Name];
};

/** Without a prefix, Solid writes a name in small letters; one with a capital would reach nothing. */
type Small<Values> = {
  [Name in keyof Values as Name extends Lowercase<Name & string> ? Name : never]: Values[Name];
};

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'payby-checkout': Omit<Solid.HTMLAttributes<PaybyCheckout>, keyof Properties> &
        Small<Properties> &
        HyphenatedAttributes &
        Explicit<'prop', Properties> &
        Explicit<'attr', HyphenatedAttributes> &
        Handlers<'on:'>;
    }
  }
}
`,
  vue: `import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { Events, HyphenatedAttributes, PaybyCheckout, Properties } from './props.js';

type Emits = { [Name in keyof Events]: (event: Events[Name]) => void };

declare module 'vue' {
  interface GlobalComponents {
    'payby-checkout': new () => PaybyCheckout & {
      $props: HTMLAttributes & Properties & HyphenatedAttributes & PublicProps;
      $emit: EmitFn<Emits>;
    };
  }
}
`,
  svelte: `import type { HTMLAttributes } from 'svelte/elements';
${importAll}
declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'payby-checkout': Omit<HTMLAttributes<PaybyCheckout>, keyof Properties> &
      Properties &
      HyphenatedAttributes &
      Handlers<'on'>;
  }
}
`,
};
