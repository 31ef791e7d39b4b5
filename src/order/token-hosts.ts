/** Hosts that PayBy serves tokenUrls from, in production and UAT; their subdomains are included. */
export const defaultTokenHosts: readonly string[] = ['payby.com', 'test2pay.com', 'botim.money'];

/** The hosts in a `token-hosts` attribute (separated by spaces or commas) added to PayBy's own. */
export const tokenHosts = (attribute: string): string[] => [
  ...defaultTokenHosts,
  ...attribute
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean),
];
