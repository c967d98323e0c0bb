export { type AuditAction, auditMember, auditSystem, digestOf } from './write.ts';
