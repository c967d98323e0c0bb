import { options, rules } from './packages/config/src/import-rule.ts';

export default { forbidden: rules, options };
