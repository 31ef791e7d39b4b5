let checkout: typeof import('./checkout.ts').checkout | undefined;

export default {
  async fetch(request: Request): Promise<Response> {
    // Workers keep no timers outside of a request: the checkout is made by the first one.
    checkout ??= (await import('./checkout.ts')).checkout;
    return checkout.fetch(request);
  },
};
