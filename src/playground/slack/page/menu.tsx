import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

interface MenuEntry {
  readonly label: string;
  pick(): void;
}

interface MenuButtonProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

/** A button with a menu. Arrows move, Escape and a click elsewhere close, and the focus returns to the button. */
export function MenuButton({ label, entries }: MenuButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        type="button"
        class="button button-icon"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen || undefined}
        ref={button}
        onClick={() => setOpen(true)}
      >
        <Icon name="more" />
      </button>
      {isOpen && <Menu button={button.current} entries={entries} onClose={close} />}
    </>
  );
}

interface MenuProps {
  readonly button: HTMLElement | null;
  readonly entries: readonly MenuEntry[];
  readonly onClose: () => void;
}

function Menu({ button, entries, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!menu.current || !button) return;
    menu.current.showPopover();
    placeAt(menu.current, button);
    menu.current.querySelector('button')?.focus();
  }, [button]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') onClose();
    else if (menu.current) moveFocus(event, [...menu.current.querySelectorAll('button')]);
  };
  return (
    <div
      class="menu"
      role="menu"
      tabIndex={-1}
      popover="auto"
      ref={menu}
      onKeyDown={onKeyDown}
      onToggle={(event) => event.newState === 'closed' && onClose()}
    >
      {entries.map(({ label, pick }) => (
        <button
          type="button"
          role="menuitem"
          tabIndex={-1}
          key={label}
          onClick={() => {
            onClose();
            pick();
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** Below the button, and inside the window. */
function placeAt(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + 4 + height < innerHeight;
  menu.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - height - 4)}px`;
}

function moveFocus(event: KeyboardEvent, items: readonly HTMLElement[]): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const index = items.findIndex((item) => item.matches(':focus'));
  items[(index + step + items.length) % items.length]?.focus();
}
