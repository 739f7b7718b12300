import { StoreError } from '../../core/errors.ts';
import type { Stores } from '../../core/operation/stores.ts';

/** Stores that do as before, and report each call that failed. */
export function watchStores(stores: Stores, failed: (error: StoreError) => void): Stores {
  const watch = <T extends object>(part: T) => watched(part, failed);
  return {
    ...stores,
    store: watch(stores.store),
    journal: watch(stores.journal),
    endings: watch(stores.endings),
    names: watch(stores.names),
    scans: watch(stores.scans),
  };
}

/** A proxy, because all methods of all stores are watched alike, also those that are added later. */
function watched<T extends object>(part: T, failed: (error: StoreError) => void): T {
  return new Proxy(part, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        try {
          return await Reflect.apply(value, target, args);
        } catch (error) {
          if (error instanceof StoreError) failed(error);
          throw error;
        }
      };
    },
  });
}
