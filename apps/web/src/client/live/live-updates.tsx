'use client';
import { useLiveUpdates } from './use-live-updates.ts';

/** Keeps the console's screens up to date. Shows nothing. */
export function LiveUpdates() {
  useLiveUpdates();
  return null;
}
