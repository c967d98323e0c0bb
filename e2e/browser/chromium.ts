import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'];

type Launch = { executablePath: string; args: string[] };

/**
 * A Chromium from the package registry, or the one that PW_CHROMIUM names: Playwright's own download needs a host that
 * not every machine reaches. The package's own flags are left out: `--single-process` crashes at the second context,
 * `--disable-web-security` hides faults.
 */
export async function launchOptions(): Promise<Launch> {
  const given = process.env.PW_CHROMIUM;
  if (given) return { executablePath: given, args: ARGS };
  const dir = join(tmpdir(), `secateur-chromium-${packageVersion()}-${process.getuid?.() ?? 0}`);
  const executablePath = await unpack(dir);
  writeFonts(dir);
  return { executablePath, args: ARGS };
}

/**
 * The package unpacks into the temporary directory and takes whatever file is there: each version gets its own, which
 * appears whole, because another run may want it at the same moment.
 */
async function unpack(dir: string): Promise<string> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = dir;
  // Makes it unpack its own libnss3 too.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    if (!existsSync(dir)) {
      const beside = mkdtempSync(`${dir}-`);
      process.env.TMPDIR = beside;
      await chromium.executablePath();
      takePlace(beside, dir);
      process.env.TMPDIR = dir;
    }
    return await chromium.executablePath();
  } finally {
    delete process.env.AWS_LAMBDA_JS_RUNTIME;
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

function takePlace(beside: string, dir: string): void {
  try {
    renameSync(beside, dir);
  } catch (error) {
    if (!existsSync(dir)) throw error;
    rmSync(beside, { recursive: true });
  }
}

/** Without any font Chromium drops what is typed into a field, and the package's list names a place that isn't there. */
function writeFonts(dir: string): void {
  const file = join(dir, 'fonts.conf');
  const places = [join(dir, 'fonts'), '/usr/share/fonts'].map((place) => `<dir>${place}</dir>`).join('');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${places}<cachedir>${join(dir, 'font-cache')}</cachedir></fontconfig>`,
  );
  process.env.FONTCONFIG_FILE = file;
  delete process.env.FONTCONFIG_PATH;
}

function packageVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const { version }: { version: string } = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8'));
  return version;
}
