/** A wait that can be cut short. */
export type Alarm = {
  /** Settles after so many milliseconds, or at the next `ring`, or at once when it rang since the last wait. */
  wait(ms: number): Promise<void>;
  ring(): void;
};

export function createAlarm(): Alarm {
  let rang = false;
  let wake: (() => void) | null = null;
  return {
    wait: (ms) =>
      new Promise((settle) => {
        if (rang) {
          rang = false;
          settle();
          return;
        }
        const end = () => {
          clearTimeout(timer);
          wake = null;
          settle();
        };
        const timer = setTimeout(end, ms);
        wake = end;
      }),
    ring() {
      if (wake) wake();
      else rang = true;
    },
  };
}
