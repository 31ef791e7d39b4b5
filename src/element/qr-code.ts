/** The only import of qr-code-styling, loaded when a code is to be drawn and not before. */
import QRCodeStyling from 'qr-code-styling';

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
  const code = await encode(tokenUrl, false);
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('no picture was made');
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

/**
 * Draws `tokenUrl` (ASCII) as a code: dark on opaque white, whole modules, its quiet zone included.
 * In one path: the library's own drawing, with an element for every dark module, keeps a slow phone busy
 * for longer than a press may wait. Square modules, with smoothed edges: rounded ones, and whole pixels,
 * which make modules uneven, cost readings of small, blurred or turned codes.
 *
 * @param hasLogo a logo will lie over the middle: error correction Q instead of M
 * @throws whatever the library throws, strings included
 */
export async function drawQrCode(tokenUrl: string, hasLogo: boolean): Promise<SVGElement> {
  const code = await encode(tokenUrl, hasLogo);
  const modules = code.getModuleCount();
  const size = unit * (modules + 2 * quietZone);
  // Neighbours in one piece, without a hairline between them.
  let dark = '';
  for (let row = 0; row < modules; row += 1) {
    for (let column = 0; column < modules; column += 1) {
      if (!code.isDark(row, column)) continue;
      const start = column;
      while (column + 1 < modules && code.isDark(row, column + 1)) column += 1;
      const width = unit * (column + 1 - start);
      dark += `M${unit * (start + quietZone)} ${unit * (row + quietZone)}h${width}v${unit}h-${width}z`;
    }
  }
  const svg = shape('svg', {
    viewBox: `0 0 ${size} ${size}`,
    width: '100%',
    height: '100%',
    'aria-hidden': 'true',
  });
  svg.append(
    shape('rect', { width: `${size}`, height: `${size}`, fill: '#ffffff' }),
    shape('path', { d: dark, fill: ink }),
  );
  return svg;
}

function shape(name: 'svg' | 'rect' | 'path', attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const attribute of Object.entries(attributes)) element.setAttribute(...attribute);
  return element;
}

/** The library without its drawing, which begins as soon as it has worked out which modules are dark. */
class Encoder extends QRCodeStyling {
  override _setupSvg(): void {}
}

async function encode(data: string, hasLogo: boolean) {
  const errorCorrectionLevel = hasLogo ? 'Q' : 'M';
  const { _qr } = new Encoder({
    type: 'svg',
    data,
    qrOptions: { typeNumber: 0, mode: 'Byte', errorCorrectionLevel },
  });
  if (!_qr) throw new Error('no code was made');
  // The script tag's library makes it in steps, for slow phones, and is not done yet.
  await Reflect.get(_qr, 'made');
  return _qr;
}
