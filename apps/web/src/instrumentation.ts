/** Called once by Next before the first request. The condition is a constant of the build, not a setting. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { start } = await import('./instrumentation-node.ts');
    await start();
  }
}
