import type { Word } from './words.ts';

/** What the backend, or the page's own server, has really said of each order where the page could hear it. */
export class Testimony {
  readonly #words = new Map<string, Omit<Word, 'id'> & { isOwn: boolean }>();

  /** @param isOwn it is an order that this page has asked for, or brought along */
  add({ id, ...word }: Word, isOwn: boolean): void {
    const before = this.#words.get(id);
    this.#words.set(id, {
      isPaid: word.isPaid || before?.isPaid === true,
      isOver: word.isOver || before?.isOver === true,
      hasEnd: word.hasEnd || before?.hasEnd === true,
      isOwn: isOwn || before?.isOwn === true,
    });
  }

  isPaid = (id: string): boolean => this.#words.get(id)?.isPaid === true;

  /** Ended without a payment. */
  isOver = (id: string): boolean => this.#words.get(id)?.isOver === true;

  hasEnd = (id: string): boolean => this.#words.get(id)?.hasEnd === true;

  isOwn = (id: string): boolean => this.#words.get(id)?.isOwn === true;
}
