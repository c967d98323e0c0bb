'use client';
import { type Permission, permitted } from '@secateur/core/tenants/policy';
import type { TenantView } from '@secateur/core/tenants/schemas';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '~/client/trpc.ts';

/** The server said which grants are over; its clock may be another than the browser's. */
const NOW = new Date(1);
const OVER = new Date(0);
const LATER = new Date(2);

/** Whether who is here may do something, by the server's own policy. Nothing is hidden before the answer is there. */
export function useMay(): (permission: Permission, connectionIds?: readonly string[]) => boolean {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.tenants.current.queryOptions());
  return (permission, connectionIds = []) => !data || may(data, permission, connectionIds);
}

function may(tenant: TenantView, permission: Permission, connectionIds: readonly string[]): boolean {
  const grants = tenant.grants.map((grant) => ({ ...grant, expiresAt: grant.live ? LATER : OVER }));
  return permitted({ ...tenant, grants }, permission, connectionIds, NOW).allowed;
}
