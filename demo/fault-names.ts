/** Faults that a browser tab can ask for, and how it says so. */

/** Made in the page: they are the device's own. */
export const deviceFaults = ['offline', 'clock'] as const;

/** Made by the demo's server, in front of the kit. */
export const serverFaults = ['cut', 'errors', 'slow', 'expiry'] as const;

export type DeviceFault = (typeof deviceFaults)[number];
export type ServerFault = (typeof serverFaults)[number];
export type Fault = DeviceFault | ServerFault;

/** The request header that names a tab's server faults, separated by spaces. */
export const faultsHeader = 'x-demo-faults';
