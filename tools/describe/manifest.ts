/** As much of a custom elements manifest as is written here and read again. */
export interface Manifest {
  schemaVersion: string;
  readme: string;
  modules: ManifestModule[];
}

export interface ManifestModule {
  kind: string;
  path: string;
  declarations: Declaration[];
  exports: ManifestExport[];
}

export interface ManifestExport {
  kind: string;
  name: string;
  declaration: { name: string; module?: string };
}

/** A class, as far as an element's. */
export interface Declaration {
  kind: string;
  name: string;
  description?: string;
  summary?: string;
  tagName?: string;
  superclass?: { name: string; package?: string; module?: string };
  members?: Member[];
  attributes?: Attribute[];
  events?: (Described & { type: { text: string } })[];
  slots?: Described[];
  cssParts?: Described[];
  cssStates?: Described[];
  cssProperties?: Described[];
}

export interface Described {
  name: string;
  description?: string;
}

/** A property or a method. */
export interface Member extends Described {
  kind: string;
  type?: { text: string };
  default?: string;
  readonly?: boolean;
  static?: boolean;
  privacy?: string;
  reflects?: boolean;
  attribute?: string;
  inheritedFrom?: unknown;
}

export interface Attribute extends Described {
  fieldName: string;
  type: { text: string };
  default?: string;
}

/** The one element that a manifest of ours describes. */
export function elementOf({ modules }: Manifest): Required<Declaration> {
  const found = modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName);
  if (!found) throw new Error('The manifest describes no element.');
  return found as Required<Declaration>;
}
