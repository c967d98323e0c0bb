/** Somebody's name, and the handle that tells them from others of that name. */
export function PersonName({ displayName, handle }: { displayName: string | null; handle: string }) {
  if (!displayName) return <span className="font-medium wrap-anywhere">@{handle}</span>;
  return (
    <span className="wrap-anywhere">
      <bdi className="font-medium">{displayName}</bdi> <span className="text-soft">@{handle}</span>
    </span>
  );
}
