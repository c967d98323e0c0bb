export { digestUnder } from './personal.ts';
export type { AuditAction } from './schemas.ts';
export { type AuditNote, auditMember, auditOperator, auditSystem, digestOf, type OperatorAct } from './write.ts';
