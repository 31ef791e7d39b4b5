import { isServer } from 'lit';
import {
  detectEnvironment,
  deviceFacts,
  type Environment,
  environments,
} from '../device/in-app.ts';

/** What a page may say of where it runs. */
export interface EnvironmentSettings {
  environment: 'auto' | Environment;
  detect: (() => Environment) | undefined;
}

/** Where the page runs: as it says itself, else as its own detection finds, else as the built-in one does. */
export function environmentOf({ environment, detect }: EnvironmentSettings): Environment {
  if (isKnown(environment)) return environment;
  try {
    const found = detect?.();
    if (isKnown(found)) return found;
  } catch {
    // The page's own detection does not work; the built-in one does.
  }
  return isServer ? 'desktop' : detectEnvironment(deviceFacts());
}

const isKnown = (value: unknown): value is Environment =>
  environments.some((environment) => environment === value);
