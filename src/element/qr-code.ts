/** The only import of qr-code-styling, loaded when a code is to be drawn and not before. */
import QRCodeStyling, { type Options } from 'qr-code-styling';

/** Light modules that a scanner needs around a code, on every side. */
export const quietZone = 4;
/** Size of one module in the drawing's own units; the page scales it. */
const unit = 10;
const ink = '#10131a';

/** Side of a module in the picture that is saved, px. */
const pixels = 16;

/**
 * The same code as a PNG, quiet zone included, without a logo: 16 px a module. Drawn on a canvas module
 * by module, so that no page needs to allow `data:` or `blob:` images for it.
 *
 * @throws when there is no canvas to be had
 */
export async function drawPng(tokenUrl: string): Promise<Blob> {
  const code = new QRCodeStyling(optionsFor(tokenUrl, false))._qr;
  const context = document.createElement('canvas').getContext('2d');
  if (!code || !context) throw new Error('no picture was made');
  const modules = code.getModuleCount();
  const { canvas } = context;
  canvas.width = pixels * (modules + 2 * quietZone);
  canvas.height = canvas.width;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = ink;
  for (let row = 0; row < modules; row += 1) {
    for (let column = 0; column < modules; column += 1) {
      if (!code.isDark(row, column)) continue;
      const [x, y] = [pixels * (column + quietZone), pixels * (row + quietZone)];
      context.fillRect(x, y, pixels, pixels);
    }
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture was made'))));
  });
}

const optionsFor = (tokenUrl: string, hasLogo: boolean): Partial<Options> => ({
  type: 'svg',
  data: tokenUrl,
  qrOptions: { mode: 'Byte', errorCorrectionLevel: hasLogo ? 'Q' : 'M' },
  // Square on purpose: rounded modules and corners cost readings of small, blurred or turned codes.
  dotsOptions: { type: 'square', color: ink },
  cornersSquareOptions: { type: 'square', color: ink },
  cornersDotOptions: { type: 'square', color: ink },
  backgroundOptions: { color: '#ffffff' },
});

/**
 * Draws `tokenUrl` (ASCII) as a code: dark on opaque white, whole modules, its quiet zone included.
 *
 * @param hasLogo a logo will lie over the middle: error correction Q instead of M
 * @throws whatever the library throws, strings included
 */
export async function drawQrCode(tokenUrl: string, hasLogo: boolean): Promise<SVGElement> {
  const options = optionsFor(tokenUrl, hasLogo);
  // The library rounds module sizes down; a drawing of whole modules keeps the quiet zone exact.
  const modules = new QRCodeStyling(options)._qr?.getModuleCount();
  if (!modules) throw new Error('no code was made');
  const size = unit * (modules + 2 * quietZone);
  const code = new QRCodeStyling({
    ...options,
    width: size,
    height: size,
    margin: unit * quietZone,
  });
  const holder = document.createElement('div');
  code.append(holder);
  await code._svgDrawingPromise;
  const svg = holder.querySelector('svg');
  if (!svg?.hasChildNodes()) throw new Error('nothing was drawn');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  // Smoothed edges leave hairlines between modules; whole pixels make modules uneven, which costs a
  // reading where they are small and a logo has eaten into the error correction.
  if (!hasLogo) svg.setAttribute('shape-rendering', 'crispEdges');
  svg.setAttribute('width', '100%');
  svg.setAttribute('height', '100%');
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}
