// Elements, words for numbers, and tables that can be sorted, filtered and opened.

/** Makes an element. Whatever the database holds becomes text, never HTML. */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null));
  return made;
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

// In JSON what is no number is a text.
const isKnown = value => value !== undefined && value !== null && !Number.isNaN(Number(value));

/** A number as one reads it: three digits, or all before the point. */
export function number(value) {
  if (!isKnown(value)) return '–';
  return Math.abs(value) >= 100 ? whole.format(value) : exact.format(value);
}

export function millis(value) {
  if (!isKnown(value)) return '–';
  return value >= 1000 ? `${number(value / 1000)} s` : `${number(value)} ms`;
}

export function bytes(value) {
  if (!isKnown(value)) return '–';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${number(value)} ${units[unit]}`;
}

export const percent = share => (isKnown(share) ? `${number(share * 100)} %` : '–');

/** Milliseconds of a duration as the endpoint writes it, PT1M2.5S. */
export function duration(iso) {
  const found = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(iso ?? '');
  if (!found) return undefined;
  const [days, hours, minutes, seconds] = found.slice(1).map(part => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60000 + seconds * 1000;
}

/** When something was: the time of today, with the date otherwise. */
export function moment(iso) {
  if (!iso) return '–';
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  return today ? at.toLocaleTimeString('en-GB') : at.toLocaleString('en-GB');
}

/** A constant's name as a word. */
export const word = name => String(name ?? '').toLowerCase().replaceAll('_', ' ');

/**
 * A table. Its rows are kept as long as their keys are there, so that neither the keyboard's place nor a selection is lost when
 * new numbers come in.
 *
 * columns: {title, value(row) to sort by, text(row) or node(row), which is made anew when stamp(row) changes, find(row) to filter by
 * if not by the text, number, wide}
 * detail(row): what a row shows when it is opened, by the button in its first column
 */
export class Table {

  #columns; #key; #detail; #empty; #most; #sorted; #descending;
  #rows = [];
  #filter = '';
  #open = new Set();
  #shown = new Map();
  #body = make('tbody');
  #count = make('span', { class: 'quiet' });
  #headers = [];

  constructor({ label, columns, key, sort = 0, descending = true, detail, filter, empty = 'None.', most = 100 }) {
    this.#columns = columns;
    this.#key = key;
    this.#detail = detail;
    this.#empty = empty;
    this.#most = most;
    this.#sorted = sort;
    this.#descending = descending;
    this.#headers = columns.map((column, index) => this.#header(column, index));
    const table = make('table', { 'aria-label': label }, make('thead', {}, make('tr', {}, this.#headers)), this.#body);
    this.node = make('div', {},
      filter && make('div', { class: 'bar' }, this.#search(filter), this.#count),
      make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, table));
  }

  #header(column, index) {
    const content = column.value ? make('button', { type: 'button', onclick: () => this.#sort(index) }, column.title) : column.title;
    return make('th', { scope: 'col', class: classes(column) }, content);
  }

  #search(label) {
    return make('input', {
      type: 'search', placeholder: label, 'aria-label': label,
      oninput: event => { this.#filter = event.target.value.toLowerCase(); this.#render(); },
    });
  }

  #sort(index) {
    this.#descending = this.#sorted === index ? !this.#descending : Boolean(this.#columns[index].number);
    this.#sorted = index;
    this.#render();
  }

  show(rows) {
    this.#rows = rows;
    this.#render();
  }

  #render() {
    const chosen = this.#chosen();
    const listed = chosen.slice(0, this.#most);
    this.#count.textContent = listed.length < this.#rows.length ? `${listed.length} of ${this.#rows.length}` : `${this.#rows.length}`;
    this.#headers.forEach((header, index) => {
      if (index === this.#sorted && this.#columns[index].value) header.setAttribute('aria-sort', this.#descending ? 'descending' : 'ascending');
      else header.removeAttribute('aria-sort');
    });
    const wanted = listed.flatMap(row => this.#lines(row));
    const keys = new Set(listed.map(row => this.#key(row)));
    for (const key of this.#shown.keys()) if (!keys.has(key)) this.#shown.delete(key);
    place(this.#body, wanted.length ? wanted : [this.#nothing()]);
  }

  #chosen() {
    const chosen = this.#filter
      ? this.#rows.filter(row => this.#columns.some(column => String((column.find ?? column.text)?.(row) ?? '').toLowerCase().includes(this.#filter)))
      : [...this.#rows];
    const value = this.#columns[this.#sorted]?.value;
    if (value) chosen.sort((one, other) => compare(value(one), value(other)) * (this.#descending ? -1 : 1));
    return chosen;
  }

  #nothing() {
    return make('tr', {}, make('td', { class: 'quiet', colspan: this.#columns.length }, this.#filter ? 'Nothing that fits.' : this.#empty));
  }

  #lines(row) {
    const key = this.#key(row);
    const shown = this.#shown.get(key) ?? { line: make('tr', {}, this.#columns.map(column => make('td', { class: classes(column) }))) };
    this.#shown.set(key, shown);
    this.#columns.forEach((column, index) => this.#fill(shown.line.children[index], column, row, key, index));
    const open = this.#open.has(key);
    shown.line.classList.toggle('open', open);
    if (!open) return [shown.line];
    const stamp = JSON.stringify(row);
    if (shown.stamp !== stamp) {
      shown.stamp = stamp;
      shown.more ??= make('tr', {}, make('td', { colspan: this.#columns.length }));
      shown.more.firstChild.replaceChildren(...[this.#detail(row)].flat(Infinity));
    }
    return [shown.line, shown.more];
  }

  #fill(cell, column, row, key, index) {
    if (column.node) {
      const stamp = column.stamp?.(row) ?? '';
      if (cell.dataset.stamp !== stamp) {
        cell.dataset.stamp = stamp;
        cell.replaceChildren(...[column.node(row)].flat().filter(Boolean));
      }
      return;
    }
    const text = String(column.text(row) ?? '–');
    if (index === 0 && this.#detail) {
      if (!cell.firstChild) cell.append(make('button', { type: 'button', class: 'text', onclick: () => this.#toggle(key) }));
      cell.firstChild.setAttribute('aria-expanded', this.#open.has(key));
      cell = cell.firstChild;
    }
    if (cell.textContent !== text) cell.textContent = text;
  }

  #toggle(key) {
    if (!this.#open.delete(key)) this.#open.add(key);
    this.#render();
  }
}

const classes = column => [column.number && 'number', column.wide && 'wide', column.node && 'actions'].filter(Boolean).join(' ') || undefined;

function compare(one, other) {
  if (typeof one === 'string' || typeof other === 'string') return String(one ?? '').localeCompare(String(other ?? ''), 'en');
  const [first, second] = [one, other].map(value => (isKnown(value) ? value : -Infinity));
  return first === second ? 0 : first - second;
}

/** Has the element say this. What it says already is not said again by who reads it aloud. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Has the parent show these children in this order, and moves none that is where it belongs. The keyboard stays where it is. */
export function place(parent, children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement : undefined;
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
}
