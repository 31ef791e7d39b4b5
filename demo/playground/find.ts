/** The page's element with this id. @throws when the page lacks it */
export function find<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The demo page lacks #${id}.`);
  return element as T;
}
