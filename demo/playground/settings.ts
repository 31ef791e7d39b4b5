/** The playground's switches as values: what there is to choose, and a setting as a URL carries it. */
import { deviceFaults, type Fault, serverFaults } from '../fault-names.ts';

/** Something to choose one of; the first option is the default. */
export interface Choice {
  readonly label: string;
  /** Values, and what people read for them. */
  readonly options: Readonly<Record<string, string>>;
  /** A sentence where the label does not say it all. */
  readonly hint?: string;
}

export const choices = {
  phase: {
    label: 'Phase',
    options: {
      live: 'Live order',
      idle: 'Idle',
      creating: 'Creating',
      awaiting: 'Awaiting',
      scanned: 'Scanned',
      paid: 'Paid',
      failed: 'Failed',
      expired: 'Expired',
      cancelled: 'Cancelled',
      refunded: 'Refunded',
      error: 'Error',
    },
    hint: 'All but the live order come from a preview backend that sells nothing.',
  },
  device: {
    label: 'Device',
    options: {
      auto: 'Auto',
      desktop: 'Desktop',
      phone: 'Phone',
      botim: 'BOTIM',
      payby: 'PayBy',
    },
  },
  theme: {
    label: 'Theme',
    options: { page: 'Page’s', auto: 'Device’s', light: 'Light', dark: 'Dark' },
  },
  lang: {
    label: 'Language',
    options: {
      page: 'Page’s (English)',
      en: 'English',
      ar: 'العربية · Arabic',
      hi: 'हिन्दी · Hindi',
      ur: 'اردو · Urdu',
      ml: 'മലയാളം · Malayalam',
      bn: 'বাংলা · Bengali',
      fil: 'Filipino',
      ru: 'Русский · Russian',
      zh: '中文 · Chinese',
    },
  },
  dir: {
    label: 'Direction',
    options: { auto: 'Auto', ltr: 'Left to right', rtl: 'Right to left' },
  },
  display: { label: 'Display', options: { inline: 'Inline', dialog: 'Dialog' } },
  updates: { label: 'Updates', options: { auto: 'Auto', sse: 'Events', poll: 'Polling' } },
  inApp: {
    label: 'Inside the app',
    options: { redirect: 'Redirect', bridge: 'Bridge', qr: 'Code' },
  },
} as const satisfies Record<string, Choice>;

export type ChoiceName = keyof typeof choices;
export type Phase = keyof typeof choices.phase.options;

export type Settings = {
  readonly [Name in ChoiceName]: keyof (typeof choices)[Name]['options'] & string;
} & {
  readonly autostart: boolean;
  readonly faults: readonly Fault[];
};

const names = Object.keys(choices) as ChoiceName[];
const faults: readonly Fault[] = [...serverFaults, ...deviceFaults];

/** The value a choice has when nobody chose. */
export const defaultOf = (name: ChoiceName): string => Object.keys(choices[name].options)[0] ?? '';

/** The settings in a URL's query. What is missing or unknown there has its default. */
export function readSettings(query: URLSearchParams): Settings {
  const chosen = names.map((name) => {
    const value = query.get(name);
    const isKnown = value !== null && Object.hasOwn(choices[name].options, value);
    return [name, isKnown ? value : defaultOf(name)];
  });
  const wanted = query.get('faults')?.split(' ') ?? [];
  return {
    ...(Object.fromEntries(chosen) as Pick<Settings, ChoiceName>),
    autostart: query.has('autostart'),
    faults: faults.filter((fault) => wanted.includes(fault)),
  };
}

/** The same as a query, with what differs from the defaults only. */
export function writeSettings(settings: Settings): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of names) {
    if (settings[name] !== defaultOf(name)) query.set(name, settings[name]);
  }
  if (settings.autostart) query.set('autostart', '');
  if (settings.faults.length > 0) query.set('faults', settings.faults.join(' '));
  return query;
}
