/** An address that must not be called: not https, not public, or not resolvable to public addresses alone. */
export class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';
  constructor(host: string, why: string) {
    super(`${host}: ${why}`);
    this.name = 'AddressRefused';
  }
}
