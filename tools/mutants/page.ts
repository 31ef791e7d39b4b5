/** As much of a page as tests without an element ask for. */
export function openPage(): void {
  const page = new EventTarget();
  const items = new Map<string, string>();
  const sessionStorage = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
  const globals = {
    location: new URL('https://shop.example/cart'),
    document: Object.assign(new EventTarget(), { hidden: false }),
    navigator: { onLine: true },
    sessionStorage,
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
    dispatchEvent: page.dispatchEvent.bind(page),
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}
