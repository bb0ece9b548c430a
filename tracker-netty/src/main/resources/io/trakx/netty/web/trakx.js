'use strict';
// The index page: copies announce URLs, keeps the figures fresh, and draws the charts.
(() => {
  const REFRESH_FIGURES_MS = 5_000;
  const REFRESH_CHARTS_MS = 60_000;
  const RETRY_MS = 10_000;

  /** What each chart draws: fields of /history.json with their names and colours. */
  const CHARTS = {
    peers: {
      lines: [['seeders', 'Seeders', '--series-1'], ['leechers', 'Leechers', '--series-2']],
      format: count,
    },
    torrents: {lines: [['torrents', 'Torrents', '--series-1']], format: count},
    announces: {lines: [['announces_per_second', 'Announces per second', '--series-1']], format: rate},
    errors: {lines: [['errors_per_second', 'Errors per minute', '--series-2']], format: rate, times: 60},
    memory: {
      lines: [['resident_bytes', 'In RAM', '--series-1'], ['heap_bytes', 'Heap in use', '--series-2']],
      format: bytes,
      bytes: true,
    },
  };

  function count(value) {
    return value.toLocaleString('en', value < 100_000 ? {maximumFractionDigits: 0} : {notation: 'compact'});
  }

  function rate(value) {
    return value.toLocaleString('en', {maximumFractionDigits: value < 10 ? 2 : 0});
  }

  function bytes(value) {
    const mebibytes = value / 2 ** 20;
    if (value === 0) {
      return '0';
    }
    return mebibytes < 1024 ? `${Math.round(mebibytes)} MiB` : `${+(mebibytes / 1024).toFixed(2)} GiB`;
  }

  function byId(id) {
    return document.getElementById(id);
  }

  // ---- Announce URLs

  async function copy(button) {
    const text = byId(button.dataset.copy).textContent;
    const copied = await toClipboard(text);
    button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
    button.classList.toggle('done', copied);
    byId('copied').textContent = copied ? `Copied ${text}` : 'The URL is selected: press Ctrl+C to copy it';
    setTimeout(() => {
      button.textContent = 'Copy';
      button.classList.remove('done');
    }, 2_000);
  }

  /** Browsers keep the clipboard from pages that came over plain HTTP, but let them copy a selection. */
  async function toClipboard(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const focused = document.activeElement;
      const field = document.createElement('textarea');
      field.value = text;
      field.readOnly = true;
      field.className = 'visually-hidden';
      document.body.append(field);
      field.select();
      const copied = document.execCommand('copy');
      field.remove();
      focused.focus();
      return copied;
    }
  }

  for (const button of document.querySelectorAll('.copy')) {
    button.addEventListener('click', () => copy(button));
  }

  // ---- Charts

  const container = byId('charts');
  if (!container || !window.Chart) {
    return;
  }
  const drawn = new Map();
  let range = container.dataset.range;
  let shown = null;

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  /** Round times of this place, some four to eight of them, as [seconds between, how to write one]. */
  function timeTicks(from, until) {
    const hour = 3_600;
    const day = 24 * hour;
    const span = until - from;
    const narrow = container.clientWidth < 600;
    const steps = [300, 600, 900, hour, 2 * hour, 3 * hour, 4 * hour, 6 * hour, day, 2 * day, 5 * day, 10 * day];
    const step = steps.find(seconds => span / seconds <= (narrow ? 5 : 8)) ?? 10 * day;
    const offset = new Date(from * 1000).getTimezoneOffset() * 60;
    const ticks = [];
    for (let time = Math.ceil((from - offset) / step) * step + offset; time <= until; time += step) {
      ticks.push({value: time});
    }
    const options = step >= day ? {day: 'numeric', month: 'short'} : {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'};
    const format = new Intl.DateTimeFormat('en-GB', options);
    return {ticks, write: seconds => format.format(seconds * 1000)};
  }

  const wholeTime = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });

  /** A step for the axis of bytes that is round in MiB. */
  function byteStep(most) {
    let step = 2 ** 20;
    while (most / step > 5) {
      step *= 2;
    }
    return step;
  }

  function options(chart, history) {
    const from = history.from;
    const until = from + (history.seeders.length - 1) * history.step_seconds;
    const time = timeTicks(from, until);
    const most = Math.max(0, ...chart.lines.flatMap(([field]) => history[field]));
    const text = colour('--quiet');
    const grid = colour('--grid');
    return {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: {mode: 'index', intersect: false},
      scales: {
        x: {
          type: 'linear',
          min: from,
          max: until,
          border: {color: grid},
          grid: {display: false},
          afterBuildTicks: axis => {
            axis.ticks = time.ticks.map(tick => ({...tick}));
          },
          ticks: {color: text, maxRotation: 0, autoSkip: false, callback: value => time.write(value)},
        },
        y: {
          beginAtZero: true,
          suggestedMax: chart.format === rate ? 1 : chart.bytes ? 2 ** 26 : 4,
          border: {display: false},
          grid: {color: grid},
          ticks: {
            color: text,
            maxTicksLimit: 6,
            ...(chart.format === count ? {precision: 0} : {}),
            ...(chart.bytes ? {stepSize: byteStep(Math.max(most, 2 ** 26))} : {}),
            callback: value => chart.format(value),
          },
        },
      },
      plugins: {
        legend: {
          display: chart.lines.length > 1,
          align: 'start',
          labels: {color: text, boxWidth: 16, boxHeight: 0, padding: 12},
        },
        tooltip: {
          displayColors: chart.lines.length > 1,
          callbacks: {
            title: items => wholeTime.format(items[0].parsed.x * 1000),
            label: item => ` ${item.dataset.label}: ${chart.bytes ? bytes(item.parsed.y) : rate(item.parsed.y)}`,
          },
        },
      },
    };
  }

  function dataset([field, label, name], times, history) {
    const line = colour(name);
    return {
      label,
      data: history[field].map((value, i) => ({
        x: history.from + i * history.step_seconds,
        y: value === null ? null : value * times,
      })),
      borderColor: line,
      backgroundColor: line,
      borderWidth: 2,
      borderJoinStyle: 'round',
      pointRadius: points(history[field]),
      pointHoverRadius: 4,
    };
  }

  /** A point that has no neighbour to draw a line to is drawn itself. */
  function points(values) {
    return values.map((value, i) =>
      value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null ? 2 : 0);
  }

  function draw(history) {
    shown = history;
    for (const [key, chart] of Object.entries(CHARTS)) {
      const figure = byId(`chart-${key}`);
      const data = {datasets: chart.lines.map(line => dataset(line, chart.times ?? 1, history))};
      const known = drawn.get(key);
      if (known) {
        known.data = data;
        known.options = options(chart, history);
        known.update('none');
      } else {
        drawn.set(key, new Chart(figure.querySelector('canvas'), {type: 'line', data, options: options(chart, history)}));
      }
      figure.querySelector('figcaption').textContent = history.sentences[key];
    }
    container.dataset.range = history.range;
  }

  async function json(address) {
    const answer = await fetch(address);
    if (!answer.ok) {
      throw new Error(`${address}: ${answer.status}`);
    }
    return answer.json();
  }

  async function load(wanted) {
    range = wanted;
    container.setAttribute('aria-busy', 'true');
    try {
      const history = await json(`/history.json?range=${wanted}`);
      // Another range may have been asked for meanwhile.
      if (range === wanted) {
        draw(history);
        byId('note').textContent = byId('note').dataset.text;
      }
    } catch {
      byId('note').textContent = 'The history cannot be read at present.';
      setTimeout(() => range === wanted && load(wanted), RETRY_MS);
    }
    container.removeAttribute('aria-busy');
  }

  const links = [...document.querySelectorAll('.ranges a')];
  for (const link of links) {
    link.addEventListener('click', event => {
      event.preventDefault();
      for (const other of links) {
        other.removeAttribute('aria-current');
      }
      link.setAttribute('aria-current', 'true');
      history.replaceState(null, '', `?range=${link.dataset.range}`);
      load(link.dataset.range);
    });
  }

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => shown && draw(shown));
  load(range);

  // ---- Figures

  async function refresh() {
    try {
      const stats = await json('/stats.json');
      for (const figure of document.querySelectorAll('[data-figure]')) {
        figure.textContent = stats[figure.dataset.figure].toLocaleString('en');
      }
    } catch {
      // The next time will tell.
    }
  }

  /** Does something again and again, as long as somebody looks. */
  function repeat(task, milliseconds) {
    setInterval(() => document.hidden || task(), milliseconds);
  }

  repeat(refresh, REFRESH_FIGURES_MS);
  repeat(() => load(range), REFRESH_CHARTS_MS);
})();
