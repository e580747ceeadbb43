// The last hour: what the endpoint's section `history` has, as a table and, where the library is there, as charts.

import { Table, bytes, make, millis, moment, number, percent } from './tables.js';

const HOUR = 3600000;

/** The points of the minutes: time, statements a second, percentiles, failed and slow ones. */
function minutes(history, now) {
  return (history.minutes ?? []).map(minute => {
    const at = Date.parse(minute.begin);
    // The running minute is compared with the others by how much of it is over.
    const seconds = Math.min(60, Math.max(1, (now - at) / 1000));
    const some = minute.count > 0;
    return {
      at,
      rate: minute.count / seconds,
      p50: some ? minute.p50Millis : null,
      p95: some ? minute.p95Millis : null,
      p99: some ? minute.p99Millis : null,
      failed: minute.failed,
      slow: minute.slow,
    };
  });
}

/** The points of the evaluations of health: hits since the one before, use of each pool, sizes. */
function evaluations(history) {
  let before;
  return (history.evaluations ?? []).map(({ at, metrics }) => {
    const cache = metrics.cache;
    const hits = before && cache ? cache.hits - before.hits : NaN;
    const lookups = before && cache ? hits + cache.misses - before.misses : 0;
    before = cache;
    return {
      at: Date.parse(at),
      hitRate: lookups > 0 && hits >= 0 ? hits / lookups : null,
      pools: Object.fromEntries(Object.entries(metrics.pools ?? {}).map(([name, pool]) => [name, pool.utilisation])),
      bytes: metrics.database?.bytes ?? null,
      log: metrics.database?.writeAheadLogBytes ?? null,
    };
  });
}

const series = (label, points, value, format) =>
  ({ label, format, points: points.map(point => ({ x: point.at, y: value(point) ?? null })) });

/** What is drawn: a title, and its lines. */
function drawings(history, pools, now) {
  const executed = minutes(history, now);
  const evaluated = evaluations(history);
  const used = [...evaluated, { at: now, pools: Object.fromEntries(pools.map(pool => [pool.name, pool.utilisation])) }];
  const names = [...new Set(used.flatMap(point => Object.keys(point.pools)))];
  const log = evaluated.some(point => point.log !== null);
  return [
    { id: 'throughput', title: 'Statements per second', lines: [series('statements/s', executed, point => point.rate, number)] },
    { id: 'latency', title: 'Time of a statement', lines: ['p50', 'p95', 'p99'].map(name => series(name, executed, point => point[name], millis)) },
    { id: 'errors', title: 'Failed and slow, per minute', lines: [series('slow', executed, point => point.slow, number), series('failed', executed, point => point.failed, number)] },
    { id: 'hit-rate', title: 'Hit rate of caches', most: 1, lines: [series('hit rate', evaluated, point => point.hitRate, percent)] },
    { id: 'pool-use', title: 'Use of pools', most: 1, lines: names.map(name => series(name, used, point => point.pools[name], percent)) },
    { id: 'size', title: 'Size of the database', lines: [series('database', evaluated, point => point.bytes, bytes), ...(log ? [series('write-ahead log', evaluated, point => point.log, bytes)] : [])] },
  ];
}

const newest = line => line.points.findLast(point => point.y !== null)?.y;

/** Loads the library; answers whether it is there. */
function load() {
  return new Promise(answer => {
    document.head.append(make('script', { src: new URL('chart.js', import.meta.url), onload: () => answer(true), onerror: () => answer(false) }));
  });
}

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A variable may be light-dark(…), which only the browser can resolve. */
function resolved(name) {
  const probe = make('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color || colour(name);
  probe.remove();
  return value;
}

const colours = index => (index % 4) + 1;

const clock = at => new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

export class Charts {

  #container; #figures = new Map(); #library; #table;

  constructor(container) {
    this.#container = container;
    this.#library = load();
    this.#table = new Table({
      label: 'The last hour, by minutes', key: row => row.at, sort: 0, empty: 'No statement yet.', most: 61,
      columns: [
        { title: 'Minute', value: row => row.at, text: row => moment(row.at) },
        { title: 'Statements/s', number: true, value: row => row.rate, text: row => number(row.rate) },
        { title: 'p50', number: true, value: row => row.p50, text: row => millis(row.p50) },
        { title: 'p95', number: true, value: row => row.p95, text: row => millis(row.p95) },
        { title: 'p99', number: true, value: row => row.p99, text: row => millis(row.p99) },
        { title: 'Failed', number: true, value: row => row.failed, text: row => number(row.failed) },
        { title: 'Slow', number: true, value: row => row.slow, text: row => number(row.slow) },
      ],
    });
    this.numbers = make('details', {}, make('summary', {}, 'In numbers'), this.#table.node);
  }

  /** Times are those of the application's clock, from which the browser's may differ by hours. */
  async show(history, pools) {
    const now = Date.parse(history.now) || Date.now();
    this.#table.show(minutes(history, now).filter(row => row.rate > 0));
    const drawn = await this.#library;
    for (const drawing of drawings(history, pools, now)) this.#draw(drawing, now, drawn);
  }

  #draw(drawing, now, drawn) {
    const figure = this.#figures.get(drawing.id) ?? this.#figure(drawing, drawn);
    const said = drawing.lines.map(line => `${line.label} ${line.format(newest(line))}`);
    figure.legend.replaceChildren(...said.map((text, index) => make('span', { class: said.length > 1 && `line-${colours(index)}` }, text)));
    figure.canvas?.setAttribute('aria-label', `${drawing.title} in the last hour; now ${said.join(', ')}`);
    if (figure.chart) this.#update(figure.chart, drawing, now);
  }

  #figure(drawing, drawn) {
    const legend = make('span', { class: 'quiet legend' });
    const canvas = drawn ? make('canvas', { role: 'img' }) : undefined;
    this.#container.append(make('figure', { id: `chart-${drawing.id}` },
      make('figcaption', {}, make('b', {}, drawing.title), legend), canvas && make('div', { class: 'plot' }, canvas)));
    const figure = { legend, canvas, chart: canvas && new window.Chart(canvas, this.#options(drawing)) };
    this.#figures.set(drawing.id, figure);
    return figure;
  }

  #options(drawing) {
    const format = drawing.lines[0]?.format ?? number;
    return {
      type: 'line',
      data: { datasets: [] },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, parsing: false, normalized: true,
        interaction: { mode: 'index', axis: 'x', intersect: false },
        elements: { point: { radius: 0, hitRadius: 8 }, line: { borderWidth: 2, tension: 0 } },
        plugins: {
          legend: { display: false },
          tooltip: { callbacks: {
            title: items => (items.length ? clock(items[0].parsed.x) : ''),
            label: item => `${item.dataset.label} ${item.dataset.format(item.parsed.y)}`,
          } },
        },
        scales: {
          x: { type: 'linear', ticks: { callback: clock, maxTicksLimit: 5, maxRotation: 0 } },
          y: { beginAtZero: true, suggestedMax: drawing.most, ticks: { callback: value => format(value), maxTicksLimit: 5 } },
        },
      },
    };
  }

  #update(chart, drawing, now) {
    const ink = resolved('--quiet');
    const line = resolved('--line');
    chart.data.datasets = drawing.lines.map((each, index) => {
      const drawn = resolved(`--chart-${colours(index)}`);
      // A value between two gaps would not be seen without a point.
      const alone = each.points.map((point, at, all) => (point.y !== null && (all[at - 1]?.y ?? null) === null && (all[at + 1]?.y ?? null) === null ? 2 : 0));
      return { label: each.label, format: each.format, data: each.points, borderColor: drawn, backgroundColor: drawn, pointRadius: alone };
    });
    for (const axis of Object.values(chart.options.scales)) {
      axis.ticks.color = ink;
      axis.grid = { color: line };
    }
    chart.options.scales.x.min = now - HOUR;
    chart.options.scales.x.max = now;
    chart.update('none');
  }
}
