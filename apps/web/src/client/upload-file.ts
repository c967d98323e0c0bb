import { linesOf, MOST_BYTES, readText } from '@secateur/core/uploads/policy';
import type { UploadView } from '@secateur/core/uploads/schemas';
import { AnswerError } from './trouble.ts';

/**
 * Sends a file of accounts in. It is taken for a list of that network of which it names the most accounts; the server reads
 * it again. Throws AnswerError with what the server said.
 */
export async function uploadFile(file: File, networks: readonly UploadView['network'][]): Promise<UploadView> {
  if (file.size > MOST_BYTES) throw refused('file_too_large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const read = readText(bytes);
  if ('refused' in read) throw refused(read.refused);
  const named = (network: UploadView['network']) => linesOf(read.text, network).filter(({ query }) => query).length;
  const [network] = networks.toSorted((a, b) => named(b) - named(a));
  const response = await fetch('/api/files/upload', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: file.name.slice(0, 200), network, data: await base64(bytes) }),
  });
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new AnswerError(answer);
  return answer;
}

function refused(problem: string): AnswerError {
  return new AnswerError({ view: { problem, data: {}, fields: [], faultId: null } });
}

async function base64(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new FileReader();
  const read = new Promise<string>((resolve, reject) => {
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
  });
  reader.readAsDataURL(new Blob([bytes]));
  return (await read).replace(/^[^,]*,/, '');
}
