import { type Browser, launch } from 'puppeteer-core';

/** A real Firefox without a window. */
export const launchFirefox = (executablePath: string): Promise<Browser> =>
  launch({ browser: 'firefox', executablePath });
