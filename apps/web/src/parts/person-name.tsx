import { Handle } from './handle.tsx';

/** Somebody's name, and the handle that tells them from others of that name. */
export function PersonName({ displayName, handle }: { displayName: string | null; handle: string }) {
  if (!displayName) {
    return (
      <span className="font-medium">
        <Handle handle={handle} />
      </span>
    );
  }
  return (
    <>
      <bdi className="font-medium wrap-anywhere">{displayName}</bdi>{' '}
      <span className="text-soft">
        <Handle handle={handle} />
      </span>
    </>
  );
}
