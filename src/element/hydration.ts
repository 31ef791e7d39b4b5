import { hydrate } from '@lit-labs/ssr-client';
import { adoptStyles, LitElement, type ReactiveElement, render } from 'lit';
import { nextTask } from '../order/next-task.ts';
import { FormElement } from './form-element.ts';
import { loadLanguage } from './language.ts';
import { PaybyCheckout } from './payby-checkout.ts';

const connect = FormElement.prototype.connectedCallback;

FormElement.prototype.connectedCallback = function (this: FormElement) {
  const language = this.shadowRoot?.querySelector('[lang]')?.getAttribute('lang');
  if (this.hasUpdated || !language) connect.call(this);
  // Said in the server's language, or not the same would be said.
  else
    void loadLanguage(language)
      .catch(() => {})
      .then(() => this.isConnected && connect.call(this));
};

PaybyCheckout.addInitializer(takeOver);

/**
 * Lets an element go on with the nodes that its server has rendered, when the first thing it would render
 * itself is the same. Lit's own hydration takes that for granted and breaks where it is not so; but a server
 * knows nothing of an order that this tab waits for, nor of the device, nor what the page's script has set by
 * now. Then the nodes make room for new ones, before anything is painted.
 */
function takeOver(element: ReactiveElement): void {
  const root = element.shadowRoot;
  if (!root?.firstChild) return;
  const host = element as LitElement;

  once(host, 'createRenderRoot', () => {
    // In place of the server's, which a content security policy may have kept from working.
    adoptStyles(root, PaybyCheckout.elementStyles);
    for (const style of root.querySelectorAll('style')) style.remove();
    return root;
  });
  once(host, 'scheduleUpdate', async () => {
    await nextTask();
    return Reflect.apply(Reflect.get(LitElement.prototype, 'scheduleUpdate'), host, []);
  });
  once(host, 'update', (goOn) => {
    const view: unknown = Reflect.apply(Reflect.get(host, 'render'), host, []);
    if (!adopt(root, view, host.renderOptions)) root.replaceChildren();
    goOn();
  });
}

/** Does a step of the element's life in another way, the first time that it comes to it. */
function once(element: LitElement, step: string, run: (goOn: () => unknown) => unknown): void {
  const value = (...values: unknown[]) => {
    Reflect.deleteProperty(element, step);
    return run(() => Reflect.apply(Reflect.get(element, step), element, values));
  };
  Object.defineProperty(element, step, { value, configurable: true });
}

/** Whether the nodes of a root are the element's own from now on. */
function adopt(root: ShadowRoot, view: unknown, options: LitElement['renderOptions']): boolean {
  const wanted = document.createElement('div');
  render(view, wanted, { host: options.host });
  if (!asShown(root).isEqualNode(asShown(wanted))) return false;
  try {
    hydrate(view, root, options);
    return true;
  } catch {
    // Rendered from the templates of another version, though they look the same.
    return false;
  }
}

/** A copy of what is seen, without Lit's marks in between. */
function asShown(parent: ShadowRoot | HTMLElement): DocumentFragment {
  const shown = document.createDocumentFragment();
  for (const child of parent.childNodes) shown.append(child.cloneNode(true));
  const marks = document.createNodeIterator(shown, NodeFilter.SHOW_COMMENT);
  for (let mark = marks.nextNode(); mark; mark = marks.nextNode()) {
    mark.parentNode?.removeChild(mark);
  }
  shown.normalize();
  return shown;
}
