const SIZE = 10;

export function initial(rows) {
  return { all: rows, text: '', key: null, down: false, page: 1 };
}

export function reduce(state, action) {
  switch (action.type) {
    case 'search':
      state.text = action.text;
      return state;
    case 'sort':
      return { ...state, key: action.key, down: state.key === action.key };
    case 'page':
      return { ...state, page: action.page };
    default:
      return state;
  }
}

export function view(state) {
  let rows = state.all;
  if (state.text) {
    rows = rows.filter((r) => r.name.toLowerCase().includes(state.text.toLowerCase()));
  }
  if (state.key) {
    rows.sort((a, b) => (String(a[state.key]) < String(b[state.key]) ? -1 : 1));
    if (state.down) rows.reverse();
  }
  const total = rows.length;
  const pages = Math.ceil(total / SIZE);
  const from = (state.page - 1) * SIZE;
  return { rows: rows.slice(from, from + SIZE), page: state.page, pages, total };
}
