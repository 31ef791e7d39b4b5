import { transform } from 'lightningcss';
import type { Plugin } from 'vite';

/** Takes out of views and styles what is there for people to read: indentation, CSS at length. */
export function compactTemplates(): Plugin {
  const compact = (css: string) =>
    transform({ filename: 'styles.css', code: Buffer.from(css), minify: true }).code.toString();
  return {
    name: 'compact-templates',
    enforce: 'pre',
    transform(code, id) {
      if (id.includes('/src/element/views/')) return code.replace(/\n\s+/g, ' ');
      if (!/\/src\/element\/(order-)?styles\.ts$/.test(id)) return null;
      return code.replace(/css`([^`$]*)`/g, (_, css: string) => `css\`${compact(css)}\``);
    },
  };
}
