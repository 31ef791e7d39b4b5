/** The device's clock, as the scripts of the page read it. */

const trueDate = globalThis.Date;

/** Sets the clock of this page `ms` ahead of the device's; 0 sets it right. */
export function setClockAhead(ms: number): void {
  if (ms === 0) {
    globalThis.Date = trueDate;
    return;
  }
  const now = () => trueDate.now() + ms;
  globalThis.Date = new Proxy(trueDate, {
    construct: (date, args, self) => Reflect.construct(date, args.length ? args : [now()], self),
    apply: () => new trueDate(now()).toString(),
    get: (date, key, self) => (key === 'now' ? now : Reflect.get(date, key, self)),
  });
}
