/**
 * `npm run visual:update`: takes the pictures of every scene anew, or of those that are named, and keeps
 * the ones that changed. Build first: what is photographed is dist/cdn. Look at them before you commit.
 */
import { launchChromium } from '../support/chromium.ts';
import { openLooksStage, photographed, steadyText, widths } from '../support/looks-stage.ts';
import { dropPicture, keepPicture, keptPictures } from '../support/pictures.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = named.filter((name) => !photographed.some((scene) => scene.name === name));
if (unknown.length > 0) {
  throw new Error(
    `No scene is called ${unknown.join(', ')}; there are ${photographed.map(({ name }) => name).join(', ')}.`,
  );
}

const browser = await launchChromium(steadyText);
const stage = await openLooksStage(browser);
try {
  for (const scene of photographed) {
    if (named.length > 0 && !named.includes(scene.name)) continue;
    for (const { width, png } of await stage.photograph(scene)) {
      const name = `${scene.name}-${width}`;
      if (keepPicture(name, png)) say(`changed: ${name}`);
    }
  }
} finally {
  await stage.close();
  await browser.close();
}

const wanted = photographed.flatMap(({ name }) => widths.map((width) => `${name}-${width}`));
for (const name of keptPictures()) {
  if (wanted.includes(name)) continue;
  dropPicture(name);
  say(`removed: ${name}`);
}
