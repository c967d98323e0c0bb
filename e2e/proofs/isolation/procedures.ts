import type { AppRouter } from '../../../apps/web/src/server/routers/index.ts';

type Paths<Record_, Prefix extends string = ''> = {
  [Key in keyof Record_ & string]: Record_[Key] extends { _def: { procedure: true } }
    ? `${Prefix}${Key}`
    : Paths<Record_[Key], `${Prefix}${Key}.`>;
}[keyof Record_ & string];

/** Every procedure of the web app, read off its router: one more there makes whatever lists them incomplete. */
export type ProcedurePath = Paths<AppRouter['_def']['record']>;

type Procedures = AppRouter['_def']['record'];

/** What a procedure takes. */
export type InputOf<Path extends ProcedurePath> = Path extends `${infer Router}.${infer Name}`
  ? Router extends keyof Procedures
    ? Name extends keyof Procedures[Router]
      ? Procedures[Router][Name] extends { _def: { $types: { input: infer Input } } }
        ? Input
        : never
      : never
    : never
  : never;
