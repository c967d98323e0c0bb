export * from './bucket.ts';
