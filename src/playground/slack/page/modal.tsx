import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FormValues, PlaygroundView } from '../protocol.ts';
import { Blocks } from './blocks.tsx';
import { Icon } from './icon.tsx';
import { FormContext } from './input.tsx';
import { plainTextOf } from './mrkdwn.tsx';
import { usePage } from './page.tsx';

/** The modal that the app opened. What was filled in stays while it is changed, or another one lies over it. */
export function ModalDialog() {
  const { state, actions } = usePage();
  const { view } = state.playground;
  const dialog = useRef<HTMLDialogElement>(null);
  const [filled, setFilled] = useState<Readonly<Record<string, FormValues>>>({});
  // The dialog itself is always there: closing it, the browser gives the focus back to where it was.
  useLayoutEffect(() => {
    if (!dialog.current) return;
    if (!view) {
      dialog.current.close();
      setFilled({});
      return;
    }
    if (!dialog.current.open) dialog.current.showModal();
    focusFirst(dialog.current);
    // A modal that the app changes while a person types leaves the focus where it is.
  }, [view?.id, JSON.stringify(view?.errors)]);
  const onCancel = (event: Event) => {
    event.preventDefault();
    void actions.cancel();
  };
  return (
    <dialog class="dialog modal" aria-label={view?.title} ref={dialog} onCancel={onCancel}>
      {view && (
        <ModalForm
          key={view.id}
          view={view}
          values={filled[view.id] ?? {}}
          onFilled={(values) => setFilled({ ...filled, [view.id]: values })}
        />
      )}
    </dialog>
  );
}

interface ModalFormProps {
  readonly view: PlaygroundView;
  readonly values: FormValues;
  readonly onFilled: (values: FormValues) => void;
}

function ModalForm({ view, values, onFilled }: ModalFormProps) {
  const { actions, report } = usePage();
  const [isBusy, setBusy] = useState(false);
  const titleId = useId();
  const fields = {
    errors: view.errors,
    valueOf(blockId: string, actionId: string) {
      const value = values[blockId]?.[actionId];
      return typeof value === 'string' ? value : undefined;
    },
    fill(blockId: string, actionId: string, value: string, tells: boolean) {
      const filled = { ...values, [blockId]: { ...values[blockId], [actionId]: value } };
      onFilled(filled);
      if (tells) tellLater(() => actions.click({ blockId, actionId, values: filled }));
    },
  };
  const tellLater = useLatest();
  const cancel = () => void actions.cancel();
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const reaction = await actions.submit({ values });
    setBusy(false);
    if (reaction.outcome === 'failed') report(reaction);
  };
  return (
    <form aria-labelledby={titleId} aria-busy={isBusy || undefined} noValidate onSubmit={submit}>
      <header>
        <h2 id={titleId}>{plainTextOf(view.title)}</h2>
        <button type="button" class="button button-icon" aria-label="Close" onClick={cancel}>
          <Icon name="close" />
        </button>
      </header>
      <div class="dialog-body">
        <FormContext.Provider value={fields}>
          <Blocks blocks={view.blocks} place={{}} />
        </FormContext.Provider>
      </div>
      <footer>
        <button type="button" class="button" onClick={cancel}>
          {plainTextOf(view.close)}
        </button>
        {view.submit && (
          <button type="submit" class="button button-primary">
            {plainTextOf(view.submit)}
          </button>
        )}
      </footer>
    </form>
  );
}

/** As Slack's client does, it waits until a person pauses, and then tells the app of the last change alone. */
function useLatest(): (tell: () => Promise<unknown>) => void {
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  return (tell) => {
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => void tell(), PAUSE_MS);
  };
}

const PAUSE_MS = 250;

/** The field that is wrong, or the first one, or what ends the dialog. */
function focusFirst(dialog: HTMLDialogElement): void {
  const wrong = dialog.querySelector<HTMLElement>('[aria-invalid]');
  const first = dialog.querySelector<HTMLElement>('.dialog-body input, .dialog-body select');
  (wrong ?? first ?? dialog.querySelector<HTMLElement>('footer button:last-child'))?.focus();
}
