-- A link with which the second contact takes a first passkey back that a stranger added.
ALTER TYPE "mail_link_kind" ADD VALUE 'remove_passkeys';
