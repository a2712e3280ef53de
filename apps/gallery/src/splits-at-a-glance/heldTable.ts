import type { Split } from '@tenonjs/validation-splits';
import { heldBy } from './outcome';
import { classNames, type Labelled } from './samples';

/** Fills the table of what each split holds. */
export function showHeld(body: HTMLTableSectionElement, splits: readonly Split[], samples: Labelled): void {
  body.replaceChildren(
    ...splits.map((split, i) => {
      const { train, test, classes, leaks } = heldBy(split, samples);
      const row = document.createElement('tr');
      const head = Object.assign(document.createElement('th'), { textContent: String(i + 1), scope: 'row' });
      row.append(head, cell(String(train)), cell(String(test)), cell(shares(classes)), cell(String(leaks)));
      if (leaks > 0) row.lastElementChild?.classList.add('leak');
      return row;
    }),
  );
}

function cell(content: string | HTMLElement): HTMLTableCellElement {
  const made = document.createElement('td');
  made.append(content);
  return made;
}

/** A bar of the classes that are tested, with their numbers. */
function shares(classes: readonly number[]): HTMLElement {
  const bar = document.createElement('span');
  bar.className = 'shares';
  for (const [k, count] of classes.entries()) {
    if (count === 0) continue;
    const part = Object.assign(document.createElement('span'), {
      className: `part class-${k + 1}`,
      textContent: `${classNames[k]} ${count}`,
    });
    part.style.flexGrow = String(count);
    bar.append(part);
  }
  return bar;
}
