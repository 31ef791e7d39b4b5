/** What editors read to complete and explain the tag. */
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import { getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration';
import { elementOf, type Manifest } from './manifest.ts';

type ForVsCode = Parameters<typeof getVsCodeHtmlCustomData>[0];
type ForJetBrains = Parameters<typeof getWebTypesData>[0];

interface HtmlData {
  tags: { attributes: { name: string; values: { name: string }[]; valueSet?: string }[] }[];
}

/** VS Code's HTML custom data. */
export function vsCodeData(manifest: Manifest): string {
  const given = getVsCodeHtmlCustomData(structuredClone(manifest) as ForVsCode, { hideLogs: true });
  const { attributes } = elementOf(manifest);
  const isBoolean = (name: string) =>
    attributes.some((attribute) => attribute.name === name && attribute.type.text === 'boolean');
  const data: HtmlData = JSON.parse(given);
  for (const attribute of data.tags.flatMap((tag) => tag.attributes)) {
    // To have no value is to be without the attribute.
    attribute.values = attribute.values.filter(({ name }) => name !== "''");
    if (isBoolean(attribute.name)) attribute.valueSet = 'v'; // VS Code's own: completed without a value
  }
  return json(data);
}

/** JetBrains' web types. */
export function webTypes(manifest: Manifest): string {
  const options = { hideLogs: true, packageJson: false };
  return json(JSON.parse(getWebTypesData(structuredClone(manifest) as ForJetBrains, options)));
}

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
