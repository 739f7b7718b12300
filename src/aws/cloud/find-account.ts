import type { STS } from '@aws-sdk/client-sts';
import { calling } from '../fault/calling.ts';

/** The account as which we call: twelve digits. */
export async function findAccount(sts: () => Promise<STS>, signal: AbortSignal): Promise<string> {
  const { Account = '' } = await calling('sts:GetCallerIdentity', signal, async () =>
    (await sts()).getCallerIdentity({}, { abortSignal: signal }),
  );
  return Account;
}
