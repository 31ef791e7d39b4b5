const tokens = /<(?:(\?[^>]*)|\/[^>]*|([\w-]+)([^>]*))>|[^<]+/g;
const attributes = /[.?@]?([^\s=/]+)(?:="([^"]*)"|=([^\s"/]*))?/g;

/**
 * A template, from text as Lit writes it, made node by node: handing the browser HTML as text takes a policy
 * where Trusted Types are required. It calls only what an old library, which the page may have, leaves alone.
 *
 * @param text every element is closed, values are plain or in double quotes, and there are no entities
 */
export function templateFromText(text: string): HTMLTemplateElement {
  const template = document.createElement('template');
  let parent: ParentNode & Node = template.content;
  for (const [token, marker, tag, rest = ''] of text.matchAll(tokens)) {
    if (tag) {
      const { namespaceURI } = parent instanceof Element ? parent : template;
      const isDrawing = tag === 'svg';
      const element = document.createElementNS(
        isDrawing ? 'http://www.w3.org/2000/svg' : namespaceURI,
        tag,
      );
      for (const [, name = '', quoted, plain = ''] of rest.matchAll(attributes)) {
        // Of one that Lit has marked, it looks at the place and at the end of the name.
        element.setAttribute(name, quoted ?? plain);
      }
      parent.appendChild(element);
      if (!token.endsWith('/>')) parent = element;
    } else if (marker) parent.appendChild(document.createComment(marker));
    else if (token.startsWith('<')) parent = parent.parentNode ?? parent;
    else parent.appendChild(document.createTextNode(token));
  }
  return template;
}
