import { expect, type Page } from '@playwright/test';
import pg from 'pg';

/** Shares the list of the shield whose page is open. Returns its link. */
export async function share(page: Page, title: string): Promise<string> {
  await page.getByRole('button', { name: 'Share its list' }).click();
  await page.getByLabel('What is it called?').fill(title);
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.getByRole('textbox', { name: 'The link' }).inputValue();
  await page.getByRole('link', { name: 'To your shared lists' }).click();
  return link;
}

/** Takes the list that a link leads to. Ends on the lists. */
export async function take(page: Page, link: string, how: 'Follow it' | 'Take a copy'): Promise<void> {
  await page.goto(link);
  await page.getByText(how, { exact: true }).click();
  await page.getByRole('button', { name: 'Take the list' }).click();
  await expect(page.getByRole('heading', { name: 'Lists you use' })).toBeVisible();
}

/** So many more join the crowd of the shield whose list is called that, as if it had been listed again. */
export async function grow(title: string, count: number): Promise<void> {
  const client = new pg.Client(process.env.ADMIN_DATABASE_URL);
  await client.connect();
  try {
    await client.query(
      `WITH l AS (UPDATE shared_lists SET wake_at = now() - interval '1 day' WHERE title = $1 RETURNING tenant_id, shield_id),
            p AS (INSERT INTO profiles (id, network, native_id, handle, seen_at)
                  SELECT gen_random_uuid(), 'bluesky', 'did:plc:' || gen_random_uuid(), 'p' || gen_random_uuid() || '.test', now()
                  FROM generate_series(1, $2::int) RETURNING id),
            t AS (INSERT INTO targets (tenant_id, account_id, profile_id, action, shield_id, state)
                  SELECT c.tenant_id, c.account_id, p.id, 'block', c.shield_id, 'spared' FROM shield_connections c JOIN l USING (tenant_id, shield_id), p)
       UPDATE shield_connections c SET total = total + $2 FROM l WHERE c.tenant_id = l.tenant_id AND c.shield_id = l.shield_id`,
      [title, count],
    );
  } finally {
    await client.end();
  }
}
