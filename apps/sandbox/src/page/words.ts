/** A moment as the page writes it. */
export function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

export function number(value: number): string {
  return value.toLocaleString('en');
}
