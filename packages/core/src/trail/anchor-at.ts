import { isAbsolute } from 'node:path';
import type { AuditAnchor } from './anchor.ts';
import { fileAnchor } from './file-anchor.ts';
import { objectAnchor } from './object-anchor.ts';

/** Where an anchor's objects are, and how long each is locked. */
export type ObjectPlace = {
  /** Without a slash at the end. */
  endpoint: string;
  region: string;
  bucket: string;
  prefix: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  retainDays: number;
};

/** The usual names of an object store's settings, and how many days an anchor's objects are locked: three years when left out. */
export type StoreSettings = {
  AWS_ACCESS_KEY_ID?: string | undefined;
  AWS_SECRET_ACCESS_KEY?: string | undefined;
  AWS_SESSION_TOKEN?: string | undefined;
  AWS_REGION?: string | undefined;
  AWS_ENDPOINT_URL_S3?: string | undefined;
  TRAIL_ANCHOR_DAYS?: string | undefined;
};

const YEARS = '1095';

/**
 * The anchor that TRAIL_ANCHOR names: an absolute path, or `s3://bucket/prefix`. Asks nobody. Throws a sentence, in which no
 * secret is, for what is neither, and for settings of the store that are missing or none.
 */
export function anchorAt(where: string, settings: StoreSettings): AuditAnchor {
  if (!/^\w+:\/\//.test(where)) {
    if (!isAbsolute(where)) throw new Error('is neither an absolute path nor s3://bucket/prefix');
    return fileAnchor(where);
  }
  return objectAnchor(objectPlace(where, settings));
}

function objectPlace(where: string, settings: StoreSettings): ObjectPlace {
  const [, bucket, prefix] = /^s3:\/\/([a-z\d][a-z\d.-]{1,61}[a-z\d])\/([\w.-]+(?:\/[\w.-]+)*)\/?$/.exec(where) ?? [];
  if (bucket === undefined || prefix === undefined)
    throw new Error('is neither an absolute path nor s3://bucket/prefix, with letters, digits, dots and dashes');
  const given = (name: keyof StoreSettings): string => {
    const value = settings[name];
    if (!value) throw new Error(`is in an object store, which needs ${name}`);
    return value;
  };
  const region = given('AWS_REGION');
  const retainDays = Number(settings.TRAIL_ANCHOR_DAYS || YEARS);
  if (!Number.isInteger(retainDays) || retainDays < 1 || retainDays > 36_500)
    throw new Error('is to be locked for TRAIL_ANCHOR_DAYS, which is not a number of days');
  const sessionToken = settings.AWS_SESSION_TOKEN;
  return {
    endpoint: endpointOf(settings.AWS_ENDPOINT_URL_S3 || `https://s3.${region}.amazonaws.com`),
    region,
    bucket,
    prefix,
    credentials: {
      accessKeyId: given('AWS_ACCESS_KEY_ID'),
      secretAccessKey: given('AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken ? { sessionToken } : {}),
    },
    retainDays,
  };
}

function endpointOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new Error('is in an object store whose AWS_ENDPOINT_URL_S3 is no address');
  return new URL(text).href.replace(/\/+$/, '');
}
