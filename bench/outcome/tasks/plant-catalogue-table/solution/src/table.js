const SIZE = 10;

const fold = (v) => String(v ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const missing = (v) => v === undefined || v === null || v === '';
const order = new Intl.Collator('en', { sensitivity: 'base' });

export function initial(rows) {
  return { all: rows, text: '', key: null, down: false, page: 1 };
}

export function reduce(state, action) {
  switch (action.type) {
    case 'search':
      return { ...state, text: action.text, page: 1 };
    case 'sort':
      return { ...state, key: action.key, down: state.key === action.key && !state.down, page: 1 };
    case 'page':
      return { ...state, page: action.page };
    default:
      return state;
  }
}

function compare(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return order.compare(fold(a), fold(b));
}

export function view(state) {
  const words = fold(state.text).split(/\s+/).filter(Boolean);
  const rows = state.all.filter((r) => {
    const name = fold(r.name);
    const origin = fold(r.origin);
    return words.every((w) => name.includes(w) || origin.includes(w));
  });
  if (state.key) {
    const sign = state.down ? -1 : 1;
    rows.sort((x, y) => {
      const [a, b] = [x[state.key], y[state.key]];
      if (missing(a) || missing(b)) return missing(a) - missing(b);
      return sign * compare(a, b);
    });
  }
  const total = rows.length;
  const pages = Math.max(1, Math.ceil(total / SIZE));
  const page = Math.min(pages, Math.max(1, Math.trunc(state.page) || 1));
  return { rows: rows.slice((page - 1) * SIZE, page * SIZE), page, pages, total };
}
