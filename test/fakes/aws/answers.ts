import type { AwsAnswer, AwsCall } from './fake-aws.ts';
import { toXml, type XmlValue } from './to-xml.ts';

/** An answer of EC2, without the name of its call. */
export function ec2(body: XmlValue): AwsAnswer {
  return xml(`<Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${toXml(body)}</Response>`);
}

/** A fault as EC2 writes it. */
export function ec2Fault(code: string, message = `${code} happened`, status = 400): AwsAnswer {
  const errors = { Errors: { Error: { Code: code, Message: message } }, RequestID: 'r-1' };
  return { ...xml(`<Response>${toXml(errors)}</Response>`), status };
}

/** An answer of STS to a call of this name. */
export function sts(action: string, result: XmlValue): AwsAnswer {
  const body = toXml({ [`${action}Result`]: result });
  return xml(
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${body}</${action}Response>`,
  );
}

/** A fault as S3 writes it. */
export function s3Fault(
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): AwsAnswer {
  const answer = xml(`<Error>${toXml({ Code: code, Message: `${code} happened` })}</Error>`);
  return { ...answer, status, headers: { ...answer.headers, ...headers } };
}

/** An answer of Athena or Glue. */
export function json(body: object): AwsAnswer {
  return { headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}

/** A fault as Athena and Glue write it. */
export function jsonFault(code: string, message = `${code} happened`): AwsAnswer {
  return { ...json({ __type: code, message }), status: 400 };
}

/** Who everybody is, unless a script says otherwise. */
const USUAL: Readonly<Record<string, AwsAnswer>> = {
  GetCallerIdentity: sts('GetCallerIdentity', {
    Account: '111111111111',
    Arn: 'arn:aws:iam::111111111111:root',
  }),
};

/** Answers by the names of calls, each in turn and the last for ever. */
export function script(
  answers: Readonly<Record<string, readonly AwsAnswer[]>>,
): (call: AwsCall) => AwsAnswer {
  const asked = new Map<string, number>();
  return ({ action, method, path }) => {
    const name = action || `${method} ${path}`;
    const times = asked.get(name) ?? 0;
    asked.set(name, times + 1);
    const inTurn = answers[name] ?? [];
    const answer = inTurn[times] ?? inTurn.at(-1) ?? USUAL[name];
    return answer ?? ec2Fault('InvalidAction', `the script does not know ${name}`);
  };
}

/** XML as it is given. */
export function xml(body: string): AwsAnswer {
  return { headers: { 'content-type': 'text/xml' }, body };
}
