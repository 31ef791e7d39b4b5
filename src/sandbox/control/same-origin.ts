/** Whether a request comes from the sandbox's own pages, or from no browser at all. */

export interface Sender {
  method: string;
  /** Headers, undefined where they were not sent. */
  host: string | undefined;
  origin: string | undefined;
  fetchSite: string | undefined;
}

/**
 * The control has no password: a page of another site must not reach it through somebody's browser.
 * A browser names the page that writes; a name that leads anywhere else than here is refused, and so
 * is one whose owner could let it lead here.
 *
 * @param publicUrl where payers reach the sandbox
 */
export function isOwn({ method, host, origin, fetchSite }: Sender, publicUrl: string): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  if (origin === undefined) return isRead || fetchSite === undefined || isHere(fetchSite);
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  if (from.origin === new URL(publicUrl).origin) return true;
  return from.host === host && isFixedName(from.hostname);
}

const isHere = (site: string) => site === 'same-origin' || site === 'none';

/** Names that no stranger can point at this machine: localhost, and addresses themselves. */
const isFixedName = (name: string): boolean =>
  name === 'localhost' || /^\d+\.\d+\.\d+\.\d+$/.test(name) || name.startsWith('[');
