import type { Transporter } from 'nodemailer';
import messages from '../../messages/en.json' with { type: 'json' };

export type Mail = { to: string; subject: string; text: string };
export type ShownMail = Mail & { id: number; at: Date };

export type Mailer = {
  send(mail: Mail): Promise<void>;
  /** The last mails, newest first, where they are shown in place of being sent; otherwise null. */
  shown(): readonly ShownMail[] | null;
};

/** Hands mails to a server. They come from `from`, by the name that it holds or else by one that gives nothing away. */
export function smtpMailer(transport: Pick<Transporter, 'sendMail'>, from: string): Mailer {
  const sender = from.includes('<') ? from : { name: messages.mail.sender, address: from };
  return {
    async send(mail) {
      await transport.sendMail({ from: sender, xMailer: false, ...mail });
    },
    shown: () => null,
  };
}

/** Ends every mail with where there is help, for an app that is reached at `origin`. */
export function withHelp({ send, shown }: Mailer, origin: string): Mailer {
  const help = messages.mail.foot.replace('{help}', new URL('/help', origin).href);
  return { send: (mail) => send({ ...mail, text: `${mail.text}\n${help}\n` }), shown };
}

/** How many mails are kept in memory. */
const KEPT = 50;

/** For development: prints mails and keeps the last ones. */
export function shownMailer(print: (text: string) => void = (text) => process.stdout.write(text)): Mailer {
  const mails: ShownMail[] = [];
  let count = 0;
  return {
    async send(mail) {
      count += 1;
      mails.unshift({ ...mail, id: count, at: new Date() });
      mails.length = Math.min(mails.length, KEPT);
      print(`\n--- mail to ${mail.to}: ${mail.subject}\n${mail.text}\n---\n`);
    },
    shown: () => mails,
  };
}
