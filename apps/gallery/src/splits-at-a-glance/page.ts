import { plotSplits } from '@tenonjs/validation-splits/plot';
import { Address } from '../page/address';
import { dress } from '../page/dress';
import { element } from '../page/element';
import { splitsForm } from './form';
import { showHeld } from './heldTable';
import { outcomeOf, SHOWN } from './outcome';
import { SAMPLES } from './sampleCount';
import { classNames } from './samples';
import { defaults, type Settings, writing } from './settings';
import { Strip } from './strip';

const folds = element('folds');
const address = new Address(writing, show);
const form = splitsForm(change);
const strips = {
  classes: new Strip(element('classes'), defaults.classes, (k) => `class ${classNames[k]}`, drag('classes')),
  groups: new Strip(element('groups'), defaults.groups, (k) => `group ${k + 1}`, drag('groups')),
};

dress(address, writing, { follow: change });
new ResizeObserver(() => draw(address.settings)).observe(folds);
show(address.settings);

function change(settings: Settings): void {
  address.settings = settings;
  show(settings);
}

/** While a border is dragged the address is written over; each drag is one step to go back. */
function drag(which: 'classes' | 'groups'): (sizes: number[], done: boolean) => void {
  let moving = false;
  return (sizes, done) => {
    const settings = { ...address.settings, [which]: sizes };
    if (moving) address.replace(settings);
    else address.settings = settings;
    moving = !done;
    show(settings);
  };
}

function show(settings: Settings): void {
  form.show(settings);
  strips.classes.show(settings.classes);
  strips.groups.show(settings.groups);
  element('classes').dataset.order = settings.order;
  draw(settings);
}

function draw(settings: Settings): void {
  const { y, groups, splits, error, warning, code } = outcomeOf(settings);
  const width = Math.max(280, folds.clientWidth);
  folds.innerHTML = error ? '' : plotSplits(splits, SAMPLES, { width, y, groups, maxSplits: SHOWN });
  folds.querySelector('svg')?.removeAttribute('height'); // it is as wide as its place, and as high as that makes it
  const notice = element('notice');
  notice.hidden = !(error || warning);
  notice.classList.toggle('error', error !== '');
  notice.textContent = error || warning;
  element('held').hidden = error !== '';
  showHeld(element<HTMLTableSectionElement>('rows'), splits, { y, groups });
  element('code').textContent = code;
}
