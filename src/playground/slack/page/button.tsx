import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SlackButton, SlackConfirm } from '../blocks/elements.ts';
import { plainTextOf, Text } from './mrkdwn.tsx';
import { usePage } from './page.tsx';

interface ButtonProps {
  readonly button: SlackButton;
  readonly blockId: string;
  readonly place: BlockPlace;
}

/** A button of a message. It shows that a press is on its way, and takes no second one until the app has taken the first. */
export function ActionButton({ button, blockId, place }: ButtonProps) {
  const { actions, report } = usePage();
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const press = async () => {
    setBusy(true);
    report(await actions.click({ ...place, blockId, actionId: button.action_id ?? '' }));
    setBusy(false);
  };
  const onClick = () => {
    if (isBusy) return;
    if (button.confirm) setAsking(true);
    else void press();
  };
  const onAnswer = (isAgreed: boolean) => {
    setAsking(false);
    if (isAgreed) void press();
  };
  return (
    <>
      <button
        type="button"
        class={`button${button.style ? ` button-${button.style}` : ''}`}
        aria-label={button.accessibility_label}
        aria-busy={isBusy || undefined}
        onClick={onClick}
      >
        {plainTextOf(button.text.text)}
      </button>
      {isAsking && button.confirm && <ConfirmDialog confirm={button.confirm} onAnswer={onAnswer} />}
    </>
  );
}

interface ConfirmDialogProps {
  readonly confirm: SlackConfirm;
  readonly onAnswer: (isAgreed: boolean) => void;
}

/** Asks before something is done. Escape is a no. */
function ConfirmDialog({ confirm, onAnswer }: ConfirmDialogProps) {
  const { names } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = plainTextOf(confirm.title?.text ?? 'Are you sure?');
  const isDangerous = confirm.style === 'danger';
  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current
      ?.querySelector<HTMLElement>(`footer button:${isDangerous ? 'first' : 'last'}-child`)
      ?.focus();
  }, [isDangerous]);
  // Closed before it goes, so that the browser gives the focus back to the button.
  const answer = (isAgreed: boolean) => {
    dialog.current?.close();
    onAnswer(isAgreed);
  };
  return (
    <dialog class="dialog dialog-small" aria-label={title} ref={dialog} onCancel={() => answer(false)}>
      <h2>{title}</h2>
      <div class="dialog-body block-text">
        <Text text={confirm.text} names={names} />
      </div>
      <footer>
        <button type="button" class="button" onClick={() => answer(false)}>
          {plainTextOf(confirm.deny?.text ?? 'Cancel')}
        </button>
        <button
          type="button"
          class={`button ${isDangerous ? 'button-danger' : 'button-primary'}`}
          onClick={() => answer(true)}
        >
          {plainTextOf(confirm.confirm?.text ?? 'Yes')}
        </button>
      </footer>
    </dialog>
  );
}

/** The message that blocks are of; in the open modal there is none. */
export interface BlockPlace {
  readonly channel?: string;
  readonly ts?: string;
}
