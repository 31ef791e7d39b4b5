/**
 * The sandbox gateway: PayBy's public acquiring protocol on a laptop, offline. No money moves.
 *
 * @module
 */
export type { RequestReport } from './gateway.ts';
export type { Listening, ListenOptions } from './listen.ts';
export type { DeliveryReport } from './notifier.ts';
export type { SandboxOptions } from './options.ts';
export { createSandbox, type Sandbox } from './sandbox.ts';
export type { Schedule } from './time.ts';
